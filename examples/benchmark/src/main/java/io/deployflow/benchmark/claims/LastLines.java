package io.deployflow.benchmark.claims;

import java.util.List;

/** What a command said last. */
final class LastLines {
    private static final int LINES = 3;

    private LastLines() {}

    /** The last three lines of an output, in one. */
    static String of(String output) {
        List<String> lines = output.lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
