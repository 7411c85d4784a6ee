package io.deployflow.sandbox.wire;

/** An error that the client gets as AWS would send it. */
public final class AwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    /**
     * An error of the client's.
     *
     * @param code AWS's name for it
     * @param message AWS's sentence
     */
    public AwsException(String code, String message) {
        this(code, message, 400);
    }

    /**
     * Any error.
     *
     * @param code AWS's name for it
     * @param message AWS's sentence
     * @param status HTTP status
     */
    public AwsException(String code, String message, int status) {
        super(message);
        this.code = code;
        this.status = status;
    }

    /**
     * A parameter has a value that is not allowed.
     *
     * @param message which, and why
     * @return an InvalidParameterException
     */
    public static AwsException invalid(String message) {
        return new AwsException("InvalidParameterException", message);
    }

    /**
     * The request cannot be carried out.
     *
     * @param message why
     * @return a ClientException
     */
    public static AwsException client(String message) {
        return new AwsException("ClientException", message);
    }

    /** {@return AWS's name for it} */
    public String code() {
        return code;
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return its message, never null} */
    public String text() {
        return String.valueOf(getMessage());
    }
}
