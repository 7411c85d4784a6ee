package io.deployflow.sandbox.wire;

/** A caller is not let in. How it is told depends on the protocol. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why a caller is not let in. */
    public enum Kind {
        /** It may not do that. */
        DENIED,
        /** Its credentials have expired. */
        EXPIRED
    }

    /**
     * A refusal.
     *
     * @param kind why
     * @param message AWS's sentence
     */
    public Refusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** {@return why} */
    Kind kind() {
        return kind;
    }

    /** {@return its message, never null} */
    String text() {
        return String.valueOf(getMessage());
    }

    /** The refusal of credentials that have expired. */
    public static Refusal expired() {
        return new Refusal(Kind.EXPIRED, "The security token included in the request is expired");
    }
}
