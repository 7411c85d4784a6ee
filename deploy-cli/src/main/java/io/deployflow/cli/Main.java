package io.deployflow.cli;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends with its exit code; see {@code docs/cli.md}. */
    public static void main(String[] words) {
        System.exit(new Cli(Terminal.ofProcess()).run(words));
    }
}
