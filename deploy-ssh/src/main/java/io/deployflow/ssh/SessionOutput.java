package io.deployflow.ssh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each script of a session what the session's two outputs say of it; see {@link SessionScript}. What comes before
 * the session is there (a login shell may greet) and after a script has ended is given to none.
 */
final class SessionOutput {
    private static final Logger LOG = LoggerFactory.getLogger(SessionOutput.class);
    private static final int GREETING = 5;

    private final String tag;
    private final Half output = new Half(RemoteCommand::addOutput);
    private final Half error = new Half(RemoteCommand::addError);
    private final Deque<String> greeting = new ArrayDeque<>();
    private @Nullable RemoteCommand command;

    /** The outputs of the session with this tag. */
    SessionOutput(String tag) {
        this.tag = tag + " ";
    }

    /** From now on, what comes is of this script. */
    synchronized void begin(RemoteCommand next) {
        command = next;
        output.running = true;
        error.running = true;
    }

    /** A line of standard output. */
    synchronized void output(String line) {
        output.line(line);
    }

    /** A line of standard error. */
    synchronized void error(String line) {
        error.line(line);
    }

    /** Whether the session has said that it is there. */
    synchronized boolean isReady() {
        return output.ready;
    }

    /** The last lines that came before the session was there. */
    synchronized List<String> greeting() {
        return List.copyOf(greeting);
    }

    private void greet(String line) {
        greeting.add(line);
        if (greeting.size() > GREETING) {
            greeting.remove();
        }
    }

    /** One of the two outputs. Holds back empty lines, of which the last before the tag is none of the script's. */
    private final class Half {
        private final BiConsumer<RemoteCommand, String> to;
        private boolean ready;
        private boolean running;
        private int empty;

        Half(BiConsumer<RemoteCommand, String> to) {
            this.to = to;
        }

        void line(String line) {
            if (line.startsWith(tag)) {
                mark(line.substring(tag.length()));
            } else if (!ready) {
                greet(line);
            } else if (command == null || !running) {
                LOG.debug("said by nobody who was asked: {}", line);
            } else if (line.isEmpty()) {
                empty++;
            } else {
                tell(empty);
                to.accept(command, line);
            }
        }

        private void mark(String what) {
            if (what.equals(SessionScript.READY)) {
                ready = true;
                return;
            }
            tell(empty - 1);
            if (what.startsWith(SessionScript.EARLY)) {
                status(what.substring(SessionScript.EARLY.length()), RemoteCommand::failedEarly);
            } else {
                running = false;
                status(what, RemoteCommand::ended);
            }
        }

        private void tell(int lines) {
            for (int i = 0; command != null && i < lines; i++) {
                to.accept(command, "");
            }
            empty = 0;
        }

        private void status(String text, ObjIntConsumer<RemoteCommand> say) {
            if (command != null) {
                say.accept(command, Integer.parseInt(text));
            }
        }
    }
}
