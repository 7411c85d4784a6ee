package io.deployflow.cli;

import java.io.IOException;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends with its exit code; see {@code docs/cli.md}. */
    public static void main(String[] words) throws IOException {
        openFewJars();
        System.exit(new Cli(Terminal.ofProcess()).run(words));
    }

    /** What is looked for and is not there is looked for in every jar. */
    private static void openFewJars() throws IOException {
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("picocli.disable.closures", "true");
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(
                JoinedJars.of(thread.getContextClassLoader(), System.getProperty("java.class.path")));
    }
}
