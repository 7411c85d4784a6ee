package io.deployflow.internal;

import java.io.IOException;
import java.util.Set;

/** Somebody ended a git command: it did not fail by itself. */
final class GitEndedException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int SIGNALLED = 128;
    private static final int INT = 2;
    private static final int TERM = 15;

    private GitEndedException(int signal) {
        super("git was ended by signal " + signal);
    }

    /** Makes sure that the signals which cancel a deploy did not end a command. */
    static Git.Answer require(Git.Answer answer) throws GitEndedException {
        int signal = answer.status() - SIGNALLED;
        if (Set.of(INT, TERM).contains(signal)) {
            throw new GitEndedException(signal);
        }
        return answer;
    }
}
