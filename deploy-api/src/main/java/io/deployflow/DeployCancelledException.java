package io.deployflow;

/** The deploy was cancelled; what was live before serves still, or again. Exit code 130. */
public class DeployCancelledException extends DeployException {
    private static final long serialVersionUID = 1L;

    /** Cancelled by the one who deploys. */
    public DeployCancelledException() {
        super("cancelled", "");
    }
}
