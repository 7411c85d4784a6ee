package io.deployflow.cli;

import io.deployflow.event.DeployEvent;

/**
 * One unit on the board: a progress bar, or the state that it is in.
 *
 * @param unit its name
 * @param words what is being done and how much of it, or its state and detail
 * @param done how much is done
 * @param total how much there is; 0 where no bar can be drawn
 */
record UnitLine(String unit, String words, long done, long total) {
    private static final int LONGEST_NAME = 24;
    private static final int BAR = 20;

    static UnitLine of(DeployEvent.Progress progress) {
        String words = progress.what() + " " + Amounts.progress(progress);
        return new UnitLine(progress.unit(), words, progress.done(), progress.total());
    }

    static UnitLine of(DeployEvent.UnitChanged changed) {
        return new UnitLine(changed.unit(), (changed.state() + "  " + changed.detail()).strip(), 0, 0);
    }

    /** Whether nothing is left to wait for. */
    boolean isDone() {
        return total > 0 ? done >= total : words.isEmpty();
    }

    /**
     * The line.
     *
     * @param names how long the longest name on the board is
     * @param width how many columns the line may have
     */
    String draw(int names, int width, Style style) {
        int name = Math.min(names, LONGEST_NAME);
        String start = padded(Text.shortened(unit, name), name) + "  ";
        if (total == 0) {
            return start + Text.shortened(words, width - start.length());
        }
        int filled = BAR * Amounts.percent(done, total) / 100;
        return start + style.bar(filled, BAR) + "  " + Text.shortened(words, width - start.length() - BAR - 2);
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }
}
