package io.deployflow.cli;

import java.time.Clock;

/** Chooses the view. */
final class Views {
    private Views() {}

    /** The view for a format. */
    static View create(OutputFormat format, Verbosity verbosity, Terminal terminal) {
        return switch (format) {
            case PLAIN -> new PlainView(terminal, verbosity);
            case JSON -> new JsonView(terminal, verbosity);
            case PRETTY -> new PrettyView(terminal, verbosity, Clock.systemUTC(), Ticker.every100Milliseconds());
        };
    }
}
