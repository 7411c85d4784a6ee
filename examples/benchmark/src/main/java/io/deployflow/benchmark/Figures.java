package io.deployflow.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every figure so far, kept in a file, so that an interrupted run goes on where it ended. Thread-safe. */
public final class Figures {
    private static final String HEADER = "part,step,measure,value";
    private static final String CELL = "(\"[^\"]*\"|[^,\"]*)";
    private static final Pattern LINE = Pattern.compile(CELL + "," + CELL + "," + CELL + ",(-?[0-9.]+)");

    private final Path file;
    private final List<Figure> all = new ArrayList<>();

    /**
     * One number.
     *
     * @param part which part of the benchmark
     * @param step what was done there; a step is measured once, and has several measures
     * @param measure what of it, with its unit
     */
    record Figure(String part, String step, String measure, double value) {
        String line() {
            return String.format(Locale.ROOT, "%s,%s,%s,%.3f%n", cell(part), cell(step), cell(measure), value);
        }

        /** As RFC 4180 has it: what has a comma stands in quotes, of which there are none in names. */
        private static String cell(String name) {
            return name.contains(",") ? '"' + name + '"' : name;
        }
    }

    private Figures(Path file) {
        this.file = file;
    }

    /**
     * Goes on with what a file has, if that was begun for the same.
     *
     * @param run what is to be measured, in one line
     */
    public static Figures resume(Path file, String run) {
        Figures figures = new Figures(file);
        String first = "# " + run;
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            if (text.startsWith(first + "\n" + HEADER + "\n")) {
                whole(text).stream().map(Figures::read).forEach(figures.all::add);
                Files.writeString(file, first + "\n" + figures.csv());
            } else {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, first + "\n" + HEADER + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write " + file, e);
        }
        return figures;
    }

    /** The lines of figures, without the last step where its last line was cut off: the step is measured again. */
    private static List<String> whole(String text) {
        List<String> lines = text.lines().skip(2).toList();
        if (text.endsWith("\n")) {
            return lines;
        }
        List<String> before = lines.subList(0, lines.size() - 1);
        String last = before.isEmpty() ? "" : step(before.get(before.size() - 1));
        return before.stream().filter(line -> !step(line).equals(last)).toList();
    }

    private static String step(String line) {
        Figure figure = read(line);
        return figure.part() + "," + figure.step();
    }

    /**
     * What {@link #csv()} has written; nothing more can be added.
     *
     * @throws IOException if it cannot be read, or is no such file
     */
    public static Figures read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IOException(file + " has no figures of a benchmark: its first line is not '" + HEADER + "'");
        }
        Figures figures = new Figures(file);
        lines.stream().skip(1).map(Figures::read).forEach(figures.all::add);
        return figures;
    }

    private static Figure read(String line) {
        Matcher cells = LINE.matcher(line);
        if (!cells.matches()) {
            throw new IllegalArgumentException("'" + line + "' is not part, step, measure and value");
        }
        return new Figure(name(cells.group(1)), name(cells.group(2)), name(cells.group(3)), value(cells.group(4)));
    }

    private static String name(String cell) {
        return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell;
    }

    private static double value(String cell) {
        return Double.parseDouble(cell);
    }

    /** Whether a step has been measured. */
    public synchronized boolean has(String part, String step) {
        return all.stream()
                .anyMatch(figure -> figure.part().equals(part) && figure.step().equals(step));
    }

    /** Notes all that was measured of a step. */
    public synchronized void add(String part, String step, Map<String, Double> measures) {
        List<Figure> added = measures.entrySet().stream()
                .map(measure -> new Figure(part, step, measure.getKey(), measure.getValue()))
                .toList();
        try {
            // At once: a step is there as a whole or not at all.
            Files.writeString(
                    file, added.stream().map(Figure::line).collect(Collectors.joining()), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        all.addAll(added);
    }

    /** One measure of all steps of a part whose name begins so, in the order in which they were taken. */
    public synchronized List<Double> of(String part, String steps, String measure) {
        return values(part, step -> step.startsWith(steps), measure).toList();
    }

    /** One measure of all steps of all parts. */
    public synchronized List<Double> ofAll(String measure) {
        return all.stream()
                .filter(figure -> figure.measure().equals(measure))
                .map(Figure::value)
                .toList();
    }

    /** One measure of one step. */
    public synchronized Optional<Double> one(String part, String step, String measure) {
        return values(part, step::equals, measure).findFirst();
    }

    private Stream<Double> values(String part, Predicate<String> steps, String measure) {
        return all.stream()
                .filter(figure -> figure.part().equals(part)
                        && steps.test(figure.step())
                        && figure.measure().equals(measure))
                .map(Figure::value);
    }

    /** The steps of a part whose name begins so, in the order in which they were taken. */
    public synchronized List<String> steps(String part, String begin) {
        return all.stream()
                .filter(figure -> figure.part().equals(part) && figure.step().startsWith(begin))
                .map(Figure::step)
                .distinct()
                .toList();
    }

    /** All of it. */
    public synchronized String csv() {
        return HEADER + "\n" + all.stream().map(Figure::line).collect(Collectors.joining());
    }

    /** The next run begins anew. */
    public void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
