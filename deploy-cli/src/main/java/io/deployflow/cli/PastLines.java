package io.deployflow.cli;

import io.deployflow.PastRollout;
import io.deployflow.Timeline;
import java.util.ArrayList;
import java.util.List;

/** Earlier rollouts in words, and where their time went. */
final class PastLines {
    private PastLines() {}

    /** Each rollout with its bars; the newest first. */
    static List<String> of(List<PastRollout> rollouts, Style style, boolean each) {
        if (rollouts.isEmpty()) {
            return List.of("", "the target remembers no times of earlier deploys");
        }
        List<String> lines = new ArrayList<>();
        for (PastRollout rollout : rollouts) {
            lines.add("");
            lines.addAll(Text.wrapped(headline(rollout, style), style.width()));
            lines.addAll(LaneChart.of(rollout.timeline(), style, each));
        }
        return lines;
    }

    private static String headline(PastRollout rollout, Style style) {
        String service = rollout.group().isEmpty() ? "" : " of " + rollout.group();
        return style.bold(rollout.release().id()) + service + " (revision "
                + ReleaseLines.revision(rollout.release()) + ", by "
                + rollout.release().createdBy() + ") " + outcome(rollout, style) + " "
                + Amounts.time(rollout.timeline().total()) + ", begun "
                + ReleaseLines.time(rollout.timeline().begun()) + dominant(rollout.timeline())
                + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason());
    }

    private static String outcome(PastRollout rollout, Style style) {
        return switch (rollout.outcome()) {
            case DEPLOYED -> style.green("deployed") + " in";
            case FAILED -> style.red("failed") + " after";
            case GOES_ON -> style.yellow("goes on") + " since";
        };
    }

    private static String dominant(Timeline timeline) {
        return timeline.shares().stream()
                .findFirst()
                .map(share -> "; the most of it was " + share.name() + ", " + Amounts.time(share.took()))
                .orElse("");
    }
}
