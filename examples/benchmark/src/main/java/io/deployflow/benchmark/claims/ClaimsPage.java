package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The measured tables, where and how they were measured, every single figure, and the pictures.
 *
 * @param figures all of them
 * @param facts what must be known to repeat it
 * @param size how much was measured
 */
record ClaimsPage(Figures figures, Facts facts, Size size) {
    private static final double MILLIS_A_MINUTE = 60_000;

    /**
     * What must be known to repeat it.
     *
     * @param name of the page and of its figures, without an extension
     * @param command what was typed
     * @param date when it ended, as a person reads it
     * @param took how long it took, over all attempts where it was interrupted
     * @param machine processors, memory, kernel
     * @param versions of everything that took part
     */
    record Facts(String name, String command, String date, Duration took, String machine, String versions) {}

    /** All tables of which anything was measured. */
    List<Section> sections() {
        return Stream.of(
                        new RoadsTables(figures).sections(),
                        new SmallTables(figures).sections(),
                        new ManyUnitsTables(figures, size).sections(),
                        List.of(ratios().section()))
                .flatMap(List::stream)
                .filter(Section::isMeasured)
                .toList();
    }

    /** How what was measured relates. */
    Ratios ratios() {
        return new Ratios(figures, size);
    }

    /** Writes the page, its figures and its pictures into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(facts.name() + ".md"), text());
        Files.writeString(folder.resolve(facts.name() + ".csv"), figures.csv());
        for (Map.Entry<String, String> picture : pictures().entrySet()) {
            Files.writeString(folder.resolve(picture.getKey()), picture.getValue());
        }
    }

    private Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        if (isMeasured("typo")) {
            pictures.put(
                    facts.name() + "-typo.svg", new RoadsTables(figures).chart().svg());
        }
        if (isMeasured("many-success")) {
            pictures.put(
                    facts.name() + "-many.svg",
                    new ManyUnitsTables(figures, size).chart(charted()).svg());
        }
        return pictures;
    }

    /** The least of the shares that fail, which is what most networks know. */
    private int charted() {
        return size.percents().stream()
                .filter(percent -> percent > 0)
                .findFirst()
                .orElse(0);
    }

    private boolean isMeasured(String name) {
        return sections().stream().anyMatch(section -> section.name().equals(name));
    }

    String text() {
        String pictures = pictures().keySet().stream()
                .map(file -> "![](" + file + ")\n\n")
                .collect(Collectors.joining());
        String tables = sections().stream().map(Section::markdown).collect(Collectors.joining("\n"));
        return """
                # Containers against SSH: the measured tables

                %s

                Repeat it with the same command: it sets up everything by itself. What the tables mean:
                [containers-or-ssh.md](../containers-or-ssh.md). Every single figure: [%s.csv](%s.csv).

                %s%s""".formatted(origin(), facts.name(), facts.name(), pictures, tables);
    }

    /** What was typed, and where it was measured. */
    String origin() {
        return "Written by `%s`, which ended on %s. %s %s"
                .formatted(facts.command(), facts.date(), time(), environment());
    }

    /** How long it took, and loudly so where that is more than it may. */
    String time() {
        double minutes = facts.took().toMillis() / MILLIS_A_MINUTE;
        return String.format(Locale.ROOT, "It took %.1f minutes", minutes)
                + (facts.took().compareTo(size.share(1)) > 0
                        ? ": **LONGER THAN THE %d MINUTES THAT IT MAY TAKE.**".formatted(size.minutes())
                        : " of the %d that it may take.".formatted(size.minutes()));
    }

    /** Where it was measured, and how busy that was. */
    String environment() {
        Spread load = new Spread(figures.ofAll(Study.LOAD));
        return "Measured on %s. Everything is on it: what deploys, every host, every task. %s. Load average while it was measured: %s."
                .formatted(facts.machine(), facts.versions(), load);
    }
}
