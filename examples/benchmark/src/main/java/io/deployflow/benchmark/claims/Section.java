package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.MarkdownTable;
import java.util.List;

/**
 * A table of the page.
 *
 * @param name where another page quotes it
 * @param title its heading
 * @param text what must be known to read it; may be empty
 * @param rows the header first
 * @param words how many of its columns hold words
 */
record Section(String name, String title, String text, List<List<String>> rows, int words) {
    Section {
        rows = List.copyOf(rows);
    }

    /** Whether there is anything in it. */
    boolean isMeasured() {
        return rows.size() > 1;
    }

    String table() {
        return MarkdownTable.of(rows, words);
    }

    String markdown() {
        return "## " + title + "\n" + (text.isEmpty() ? "" : text + "\n") + "\n" + table() + "\n";
    }
}
