package io.deployflow;

/** Something that a deploy needs is not as it must be; nothing was changed. Exit code 11. */
public class CheckException extends DeployException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes the failure.
     *
     * @param what which checks failed
     * @param remedy how to mend it
     */
    public CheckException(String what, String remedy) {
        super(what, remedy);
    }
}
