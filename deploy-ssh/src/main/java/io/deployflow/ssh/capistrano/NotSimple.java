package io.deployflow.ssh.capistrano;

/** An expression that cannot be told without running it; never leaves {@link Expression}. */
final class NotSimple extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Without a stack trace.
     *
     * @param why what is in the way
     */
    NotSimple(String why) {
        super(why, null, false, false);
    }
}
