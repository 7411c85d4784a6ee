package io.deployflow.sandbox;

/**
 * How a sandbox is set up.
 *
 * @param port port of the endpoint on 127.0.0.1; 0 picks a free one
 * @param region the AWS region that it pretends to be
 * @param account the AWS account, twelve digits
 * @param timings which clock it runs on
 */
public record SandboxSettings(int port, String region, String account, Timings timings) {

    /**
     * A free port, the region us-east-1 and an account of zeros.
     *
     * @param timings which clock it runs on
     * @return the settings
     */
    public static SandboxSettings of(Timings timings) {
        return new SandboxSettings(0, "us-east-1", "000000000000", timings);
    }
}
