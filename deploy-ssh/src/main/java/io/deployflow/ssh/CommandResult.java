package io.deployflow.ssh;

import java.util.List;

/**
 * How a command on a host ended.
 *
 * @param host where
 * @param status exit status; 128 + N where signal N ended it
 * @param output the lines of its standard output
 * @param error the last lines of its standard error
 */
record CommandResult(HostAddress host, int status, List<String> output, List<String> error) {
    private static final int SIGNALLED = 128;
    private static final int TOLD = 5;

    CommandResult {
        output = List.copyOf(output);
        error = List.copyOf(error);
    }

    /** This, if the command succeeded. */
    CommandResult orFail(String what) {
        if (status != 0) {
            throw HostFailure.of(host, what + " failed: " + why());
        }
        return this;
    }

    /** Why it failed: how it ended, and the last that it said. */
    String why() {
        List<String> said = error.isEmpty() ? output : error;
        List<String> last = said.subList(Math.max(0, said.size() - TOLD), said.size());
        return ending() + (last.isEmpty() ? "" : ": " + String.join("\n  ", last));
    }

    /** How it ended, in words. */
    String ending() {
        return status > SIGNALLED ? "killed by signal " + (status - SIGNALLED) : "exit status " + status;
    }

    /** The last line of its output; what a login shell says comes before it. Empty if there was none. */
    String lastLine() {
        return output.isEmpty() ? "" : output.get(output.size() - 1);
    }
}
