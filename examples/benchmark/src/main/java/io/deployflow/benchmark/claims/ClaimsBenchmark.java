package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Folders;
import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.MarkdownTable;
import io.deployflow.benchmark.Progress;
import io.deployflow.benchmark.TimedCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Behind {@code bin/benchmark quick} and {@code bin/benchmark full}: the experiments behind the claims. */
@Command(name = "benchmark", description = "Measures what is claimed of containers and of SSH, one by one.")
final class ClaimsBenchmark implements Callable<Integer> {
    @Option(names = "--quick", hidden = true, description = "A first look.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            description =
                    "Some of the experiments: roads, scale, ruby, many. Their figures are kept for the next run, and no page is written.")
    private List<String> only = List.of();

    @Option(
            names = "--minutes",
            description =
                    "For how long it repeats what it measures, with what an interrupted run took before (quick: 5, full: 40).")
    private int minutes;

    @Option(
            names = "--units",
            split = ",",
            description = "To how many units deploys are made (quick: 1,10, full: 1,10,50,200).")
    private List<Integer> units = List.of();

    @Option(names = "--page", description = "Measures nothing, and writes the page of what has been measured.")
    private boolean page;

    @Option(names = "--fresh", description = "Begins anew instead of going on where the last run was interrupted.")
    private boolean fresh;

    @Option(
            names = "--quote",
            description = "Puts the tables into docs/containers-or-ssh.md too; a full run does so by itself.")
    private boolean quote;

    @Option(
            names = "--against",
            description =
                    "The figures of an earlier run, such as docs/benchmarks/quick.csv: tells which ratios lie in their spread; no page is written, and the exit code is 1 where one does not.")
    private @Nullable Path against;

    @Option(names = "--root", required = true, hidden = true, description = "The project's root.")
    private Path root = Path.of(".");

    @Spec
    private @Nullable CommandSpec spec;

    private final PrintStream out = System.out;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ClaimsBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Size size = quick ? Size.QUICK : Size.FULL;
        size = minutes > 0 ? size.within(minutes) : size;
        size = units.isEmpty() ? size : size.to(units);
        Optional<Figures> earlier = earlier();
        String command = "bin/benchmark " + (quick ? "quick" : "full");
        Path kept = root.resolve("examples/benchmark/target/claims-" + (quick ? "quick" : "full") + ".csv");
        if (fresh) {
            Files.deleteIfExists(kept);
        }
        if (page && !Files.exists(kept)) {
            throw refused("--page: nothing is there to write a page of: " + command
                    + " has not been started, or it ended and has written its page. Measure first.");
        }
        Figures figures = Figures.resume(kept, command);
        Path folder = Files.createTempDirectory("deployflow-benchmark-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Study study = Study.begin(root, folder, figures, new Progress(out), size, Clock.systemUTC());
        boolean whole = true;
        try (LazyBed bed = new LazyBed(study)) {
            whole = page || measure(study, bed);
        } finally {
            Folders.delete(folder);
        }
        boolean agrees = conclude(new ClaimsPage(figures, facts(command, study), size), earlier);
        if (whole && only.isEmpty() && !page) {
            figures.forget();
        }
        return whole && agrees ? 0 : 1;
    }

    /** Before anything is measured: a mistyped name must not cost minutes. */
    private Optional<Figures> earlier() {
        try {
            return against == null ? Optional.empty() : Optional.of(Figures.read(against));
        } catch (IOException | IllegalArgumentException e) {
            throw refused("--against: cannot read the figures of an earlier run from " + against + ": " + e.getMessage()
                    + ". Name a file that it wrote, such as docs/benchmarks/quick.csv.");
        }
    }

    private CommandLine.ParameterException refused(String why) {
        return new CommandLine.ParameterException(
                Objects.requireNonNull(spec, "set by picocli").commandLine(), why);
    }

    /** Whether all of it could be measured: what one experiment comes to grief over must not cost the others. */
    private boolean measure(Study study, LazyBed bed) {
        List<Experiment> all =
                List.of(new Roads(study, bed), new OneMore(study, bed), new NewRuby(study, bed), new ManyUnits(study));
        List<String> names = only.isEmpty() && study.size().isQuick() ? List.of("roads", "many") : only;
        List<Experiment> chosen = all.stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .toList();
        chosen.forEach(Experiment::plan);
        study.progress().endsBy(study.begun().plus(study.size().share(1)));
        out.println(study.progress());
        return chosen.stream().map(this::isDone).reduce(true, Boolean::logicalAnd);
    }

    private boolean isDone(Experiment one) {
        try {
            one.run();
            return true;
        } catch (IOException | RuntimeException e) {
            out.printf(
                    "%s: it ended early: %s%n%s: what it has measured is kept; the same command goes on there.%n",
                    one.name(), e.getMessage(), one.name());
            return false;
        }
    }

    private ClaimsPage.Facts facts(String command, Study study) {
        return new ClaimsPage.Facts(
                quick ? "quick" : "claims",
                command,
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").format(LocalDateTime.now(ZoneOffset.UTC)),
                study.took(),
                Machine.description(),
                versions(study.figures()));
    }

    /** Of this machine's own tools now; of those that the sandbox brings, as they said when they took part. */
    private static String versions(Figures figures) {
        String versions = TimedCommand.run(
                        List.of(
                                "sh",
                                "-c",
                                "ssh -V 2>&1 | cut -d ' ' -f 1; docker version -f 'Docker {{.Server.Version}}'; aws --version 2>&1 | cut -d ' ' -f 1"),
                        Map.of())
                .output();
        return Stream.of(
                        Stream.of("Java " + System.getProperty("java.version")),
                        Study.tools(figures).stream(),
                        versions.lines())
                .flatMap(Function.identity())
                .collect(Collectors.joining(", "));
    }

    /** Whether it agrees with the earlier run, if there is one. */
    private boolean conclude(ClaimsPage measured, Optional<Figures> earlier) throws IOException {
        measured.sections().forEach(section -> out.printf("%n%s%n%s%n", section.title(), section.table()));
        out.printf("%n%s%n", measured.time());
        if (only.isEmpty() && earlier.isEmpty()) {
            write(measured);
        }
        return earlier.map(figures -> compare(measured.ratios(), new Ratios(figures, measured.size())))
                .orElse(true);
    }

    private boolean compare(Ratios now, Ratios kept) {
        out.printf("%nAgainst %s%n%s%n", against, MarkdownTable.of(now.against(kept), 1));
        return now.agreeWith(kept);
    }

    private void write(ClaimsPage measured) throws IOException {
        Path written = root.resolve("docs/benchmarks");
        measured.write(written);
        out.printf("%nWritten: %s%n", written.resolve(measured.facts().name() + ".md"));
        if (quote || !quick) {
            Path quoting = root.resolve("docs/containers-or-ssh.md");
            Files.writeString(quoting, Quoted.refresh(Files.readString(quoting), measured));
        }
    }
}
