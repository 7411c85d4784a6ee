package io.deployflow.cli;

/** How much is shown of what a command does. */
enum Verbosity {
    /** Only how it ended. */
    QUIET,
    /** What a person needs to follow it. */
    NORMAL,
    /** Also what builds and commands write, and stack traces. */
    VERBOSE
}
