package io.deployflow.compare;

import io.deployflow.Lane;
import io.deployflow.internal.compare.HtmlPage;
import io.deployflow.internal.compare.MarkdownPage;
import io.deployflow.internal.compare.ReportJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a comparison measured: every run, also those that failed.
 *
 * @param application the application's name
 * @param begun its first moment
 * @param took how long all of it took, with what was not measured
 * @param asked how many runs of each scenario were asked for
 * @param warmUps how many rounds went before them
 * @param environment where it was measured
 * @param places the targets, in the order in which they were named
 * @param scenarios what was done, in order
 * @param omissions what was asked for and could not be done
 * @param runs every run in the order of time
 * @param cutShort why it ended before all was done; empty where it did not
 */
public record ComparisonReport(
        String application,
        Instant begun,
        Duration took,
        int asked,
        int warmUps,
        Environment environment,
        List<Place> places,
        List<Scenario> scenarios,
        List<Omission> omissions,
        List<Run> runs,
        String cutShort) {

    /**
     * Where it was measured.
     *
     * @param machine processors, memory and system of the machine that deployed
     * @param java the Java that it ran on
     * @param tool name and version of this tool
     * @param note what whoever ran it says of the targets, such as the clock of a sandbox; may be empty
     */
    public record Environment(String machine, String java, String tool, String note) {}

    /**
     * A target.
     *
     * @param name its name in {@code deploy.yml}
     * @param type its adapter's type
     * @param units how many tasks or hosts it had at the start
     * @param served id of the release that it served at the start; empty where it served none
     * @param addresses what clients asked meanwhile
     * @param parallel how many units were worked on at a time, where there are more; empty where that is not known, or
     *     not for the target's settings to say
     */
    public record Place(
            String name, String type, int units, String served, List<String> addresses, Optional<Integer> parallel) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if fewer than one unit is to be worked on at a time
         */
        public Place {
            addresses = List.copyOf(addresses);
            parallel.filter(atATime -> atATime < 1).ifPresent(atATime -> {
                throw new IllegalArgumentException("a target has 'parallel' " + atATime + "; write 1 or more");
            });
        }

        /** One of which it is not known how many units were worked on at a time. */
        public Place(String name, String type, int units, String served, List<String> addresses) {
            this(name, type, units, served, addresses, Optional.empty());
        }
    }

    /**
     * A scenario that was not done on a target.
     *
     * @param place the target's name
     * @param reason why, and how it could be
     */
    public record Omission(String place, Scenario scenario, String reason) {}

    /** How a run ended. */
    public enum End {
        /** The release serves. */
        DEPLOYED,
        /** It was taken back: what served before serves again. */
        RESTORED,
        /** It failed before anything live was changed. */
        UNCHANGED,
        /** It failed, and not every unit could be put back. */
        NOT_RESTORED,
        /** It failed, and no report says how far it had come. */
        FAILED
    }

    /**
     * One run of one scenario on one target.
     *
     * @param place the target's name
     * @param number which of the runs; 0 for the warm-up
     * @param begun its first moment
     * @param wall from its first moment to its last
     * @param rows where that time went; they follow each other
     * @param lanes what each unit did meanwhile, as far as that is known
     * @param visits what clients met meanwhile
     * @param end how it ended
     * @param failure why it failed; empty where it did not
     * @param measuring how much of it was spent on measuring
     */
    public record Run(
            String place,
            Scenario scenario,
            int number,
            Instant begun,
            Duration wall,
            List<Row> rows,
            List<Lane> lanes,
            Visits visits,
            End end,
            String failure,
            Duration measuring) {

        /** Copies the lists. */
        public Run {
            rows = List.copyOf(rows);
            lanes = List.copyOf(lanes);
        }

        /** Whether it ended as its scenario must. */
        public boolean isAsExpected() {
            return end == (scenario.mustFail() ? End.RESTORED : End.DEPLOYED);
        }

        /** Whether it went before those that count. */
        public boolean isWarmUp() {
            return number == 0;
        }

        /** The part of its time that no row has. */
        public Duration unaccounted() {
            return wall.minus(rows.stream().map(Row::took).reduce(Duration.ZERO, Duration::plus));
        }

        /** The same as a share of its time: 0.01 is a hundredth; 0 of a run that took none. */
        public double unaccountedShare() {
            return wall.isZero() ? 0 : (double) unaccounted().abs().toNanos() / wall.toNanos();
        }

        /** Bytes of the release that were sent. */
        public long bytes() {
            return rows.stream().mapToLong(Row::bytes).sum();
        }

        /** Calls of APIs and questions to hosts. */
        public long calls() {
            return rows.stream().mapToLong(Row::calls).sum();
        }
    }

    /**
     * A part of a run's time.
     *
     * @param name the phase's word; {@code open} for what comes before the first, {@code close} for what comes after
     *     the last
     * @param start since the run's first moment
     * @param took how long it took
     * @param succeeded whether it did what it should
     * @param bytes of the release that were sent meanwhile, as they were sent: compressed, where they were
     * @param calls of APIs, requests to registries and questions to hosts meanwhile
     */
    public record Row(String name, Duration start, Duration took, boolean succeeded, long bytes, long calls) {}

    /**
     * What clients met that asked all along.
     *
     * @param requests how many they made
     * @param failed how many of them were not answered with 2xx
     * @param firstFailure what the first of those was; empty if there was none
     */
    public record Visits(long requests, long failed, String firstFailure) {
        /** Of nobody. */
        public static final Visits NONE = new Visits(0, 0, "");

        /** Both together. */
        public Visits plus(Visits other) {
            return new Visits(
                    requests + other.requests,
                    failed + other.failed,
                    firstFailure.isEmpty() ? other.firstFailure : firstFailure);
        }
    }

    /** Copies the lists. */
    public ComparisonReport {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(environment, "environment");
        places = List.copyOf(places);
        scenarios = List.copyOf(scenarios);
        omissions = List.copyOf(omissions);
        runs = List.copyOf(runs);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws io.deployflow.ConfigurationException if it is something else
     */
    public static ComparisonReport ofJson(String json) {
        return ReportJson.read(json);
    }

    /** The runs of a scenario on a target that count, in the order of time; failed ones too. */
    public List<Run> runs(String place, Scenario scenario) {
        return runs.stream()
                .filter(run -> run.place().equals(place) && run.scenario() == scenario && !run.isWarmUp())
                .toList();
    }

    /** The largest share of the time of any run of a scenario that no row has, warm-ups too; 0 where there is none. */
    public double unaccountedShare(Scenario scenario) {
        return runs.stream()
                .filter(run -> run.scenario() == scenario)
                .mapToDouble(Run::unaccountedShare)
                .max()
                .orElse(0);
    }

    /** Whether every run that was made ended as its scenario must. */
    public boolean isAsExpected() {
        return cutShort.isEmpty() && runs.stream().allMatch(Run::isAsExpected);
    }

    /** What it says, in sentences; the most interesting first. */
    public List<String> findings() {
        return MarkdownPage.findings(this);
    }

    /** The findings and the table of times: what fits on a terminal. */
    public String toShortText() {
        return MarkdownPage.shortForm(this);
    }

    /** All of it, for programs; the shape is documented in {@code docs/compare.md}. */
    public String toJson() {
        return ReportJson.write(this);
    }

    /** For people who read text. */
    public String toMarkdown() {
        return toMarkdown(Conditions.SAME);
    }

    /** The same with what it would take elsewhere, see {@link Forecast}. */
    public String toMarkdown(Conditions elsewhere) {
        return MarkdownPage.of(this, elsewhere);
    }

    /** One page that needs nothing else, with all of the data in it. */
    public String toHtml() {
        return toHtml(Conditions.SAME);
    }

    /** The same with what it would take elsewhere, see {@link Forecast}. */
    public String toHtml(Conditions elsewhere) {
        return HtmlPage.of(this, elsewhere);
    }
}
