package io.deployflow.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process was started on. Everything is written as UTF-8.
 *
 * @param out what was asked for: events and answers
 * @param err failures and notices
 * @param environment the environment variables
 * @param interactive whether a person looks at {@code out}
 * @param unicode whether what looks at {@code out} shows more than ASCII
 */
record Terminal(
        PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive, boolean unicode) {
    private static final int WIDTH = 80;
    private static final int LEAST = 40;

    /** The one that the process runs on. */
    static Terminal ofProcess() {
        return new Terminal(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                System.getenv(),
                isTerminal(System.console()),
                "UTF-8".equalsIgnoreCase(System.getProperty("native.encoding")));
    }

    /** Whether lines can be redrawn in place. */
    boolean redraws() {
        return interactive && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether colours are wanted: on a terminal, unless {@code NO_COLOR} is set. */
    boolean colours() {
        return redraws() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** How many columns there are. */
    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Math.max(LEAST, Integer.parseInt(columns)) : WIDTH;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** From Java 22 on there is a console also where there is no terminal, and it can be asked. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
