package io.deployflow.internal;

import java.io.IOException;
import java.util.Set;

/** Somebody ended a git command, or we did: it did not fail by itself. */
final class GitEndedException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int SIGNALLED = 128;
    private static final int INT = 2;
    private static final int KILL = 9;
    private static final int TERM = 15;

    private GitEndedException(int signal) {
        super("git was ended by signal " + signal);
    }

    /** Makes sure that no signal which people and systems end commands by has ended this one. */
    static Git.Answer require(Git.Answer answer) throws GitEndedException {
        int signal = answer.status() - SIGNALLED;
        if (Set.of(INT, KILL, TERM).contains(signal)) {
            throw new GitEndedException(signal);
        }
        return answer;
    }
}
