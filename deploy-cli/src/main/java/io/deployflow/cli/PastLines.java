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
            lines.addAll(headline(rollout, style));
            lines.addAll(LaneChart.of(rollout.timeline(), style, each));
        }
        return lines;
    }

    /** Colours come after the lines are broken: they take no room. */
    private static List<String> headline(PastRollout rollout, Style style) {
        String id = rollout.release().id();
        List<String> lines = new ArrayList<>(Text.wrapped(id + words(rollout), style.width()));
        String bold = rollout.outcome() == PastRollout.Outcome.FAILED ? style.red(id) : style.bold(id);
        lines.set(0, bold + lines.get(0).substring(id.length()));
        return lines;
    }

    private static String words(PastRollout rollout) {
        String service = rollout.group().isEmpty() ? "" : " of " + rollout.group();
        return service + " (revision " + ReleaseLines.revision(rollout.release()) + ", by "
                + rollout.release().createdBy() + ") " + outcome(rollout) + " "
                + Amounts.time(rollout.timeline().total()) + ", begun "
                + ReleaseLines.time(rollout.timeline().begun()) + dominant(rollout.timeline())
                + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason());
    }

    private static String outcome(PastRollout rollout) {
        return switch (rollout.outcome()) {
            case DEPLOYED -> "deployed in";
            case FAILED -> "failed after";
            case GOES_ON -> "goes on since";
        };
    }

    private static String dominant(Timeline timeline) {
        return timeline.shares().stream()
                .findFirst()
                .map(share -> "; the most of it was " + share.name() + ", " + Amounts.time(share.took()))
                .orElse("");
    }
}
