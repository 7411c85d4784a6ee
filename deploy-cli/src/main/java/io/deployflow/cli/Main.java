package io.deployflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Where the process starts. */
public final class Main {
    private static final String SUCCEEDED = "deployflow.succeeded";

    private Main() {}

    /** Runs one command and ends with its exit code; see {@code docs/cli.md}. */
    public static void main(String[] words) throws IOException {
        leaveOut();
        openFewJars();
        int status = new Cli(Terminal.ofProcess()).run(words);
        if (status == ExitCode.DONE.number()) {
            tellLauncher();
        }
        System.exit(status);
    }

    /** The launcher lists what the first commands load: of one that failed that is not all. */
    private static void tellLauncher() {
        String file = System.getProperty(SUCCEEDED);
        if (file != null) {
            try {
                Files.createFile(Path.of(file));
            } catch (IOException e) {
                LoggerFactory.getLogger(Main.class)
                        .debug("{} cannot be made: the next such command is listed, too", file, e);
            }
        }
    }

    /**
     * What no command needs: picocli reads all of Java's times to know how they are written, and asks for Groovy;
     * numbers are written as in English text, and Java reads all it knows of any other language first.
     */
    private static void leaveOut() {
        System.setProperty("picocli.converters.excludes", "java[.](time|sql)[.].*");
        System.setProperty("picocli.disable.closures", "true");
        Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    }

    /** What is looked for and is not there is looked for in every jar. */
    private static void openFewJars() throws IOException {
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(
                JoinedJars.of(thread.getContextClassLoader(), System.getProperty("java.class.path")));
    }
}
