package io.deployflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Opens a page in the person's own browser. */
final class Browser {
    private Browser() {}

    /** Where that is not possible, says so: the page is there all the same. */
    static void open(Path page, Terminal terminal) {
        String opener = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "open" : "xdg-open";
        List<String> command = List.of(opener, page.toAbsolutePath().toUri().toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            terminal.err().println("no browser can be opened here: " + e.getMessage());
        }
    }
}
