package io.deployflow.cli;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.compare.Comparison;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Scenario;
import io.deployflow.event.DeployListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "compare",
        description = "Deploys to two or more targets in turn, scenario by scenario, and tells what each costs.")
final class CompareCommand implements Callable<Integer> {
    /** Set by the environment of a sandbox. */
    private static final String CLOCK = "SANDBOX_CLOCK";

    private final Terminal terminal;
    private final Question question;

    @Mixin
    private final ComparedTargets options = new ComparedTargets();

    @Option(
            names = "--scenarios",
            paramLabel = "SCENARIO",
            split = ",",
            description = "Which ones, with commas: first,none,change,dependency,rollback,broken,scale (default: all).")
    private List<Scenario> scenarios = List.of(Scenario.values());

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "How many count (default: 5).")
    private int runs = 5;

    @Option(
            names = "--warm-ups",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many rounds go before them (default: 1).")
    private int warmUps = 1;

    @Option(
            names = "--edit",
            paramLabel = "SCENARIO=COMMAND",
            description = "A shell command that makes a scenario's change in a copy of the source; may be repeated.")
    private List<String> edits = new ArrayList<>();

    @Option(
            names = "--client",
            paramLabel = "TARGET=URL",
            description = "What clients of a target ask all along (default: its verify.url); may be repeated.")
    private List<String> clients = new ArrayList<>();

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            description = "What is to be known of the targets, for the report: 'the sandbox, fast clock'.")
    private String note = "";

    @Option(
            names = "--report",
            paramLabel = "NAME",
            defaultValue = "comparison",
            description = "Where the report goes: NAME.html, NAME.md, NAME.json (default: ${DEFAULT-VALUE}).")
    private Path report = Path.of("comparison");

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Measure nothing: make the report again of the data of an earlier comparison.")
    private Optional<Path> from = Optional.empty();

    @Option(
            names = "--predict",
            paramLabel = "CONDITIONS",
            description = "Also say what it would take elsewhere: units=50,bandwidth=100M,rtt=50ms,delays=aws.")
    private Optional<String> predict = Optional.empty();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before it starts.")
    private boolean yes;

    @Option(names = "--open", description = "Open the report in the browser.")
    private boolean open;

    CompareCommand(Terminal terminal, Question question) {
        this.terminal = terminal;
        this.question = question;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever a jar that joined throws is to be told like any other failure
    public Integer call() {
        Logs.configure(options.verbosity());
        try (View view = Views.create(options.output(terminal), options.verbosity(), terminal)) {
            try {
                Optional<Conditions> conditions = predict.map(Conditions::parse);
                ComparisonReport made = from.isPresent() ? ReportFiles.read(from.get()) : measured(view);
                conclude(made, conditions);
                return ExitCode.of(made).number();
            } catch (RuntimeException | LinkageError e) {
                Failure failure = Failure.of(e);
                view.failed(failure);
                return failure.code().number();
            }
        }
    }

    private ComparisonReport measured(View view) {
        ReportFiles.checkWritable(report);
        DeployListener events = options.verbosity() == Verbosity.VERBOSE ? view : event -> {};
        Comparison.Builder builder = Wiring.comparison(options, events)
                .targets(options.targets().toArray(String[]::new))
                .scenarios(scenarios.toArray(Scenario[]::new))
                .runs(runs)
                .warmUps(warmUps)
                .note(noteWithClock())
                .tool(tool())
                .progress(
                        isJson()
                                ? new JsonComparison(terminal, options.verbosity())
                                : new ComparisonLines(terminal, options.verbosity()));
        edits.forEach(edit -> edit(edit, builder));
        addresses().forEach(builder::clients);
        Comparison comparison = builder.build();
        confirm(comparison);
        CancellationToken cancellation = CancellationToken.create();
        Interrupts.cancel(
                cancellation,
                () -> view.notice("cancelled: putting back what was live, then the report; press again to leave it"));
        return comparison.run(cancellation);
    }

    /** Whoever measures on a sandbox does not always think of its clock, and every time in the report rests on it. */
    private String noteWithClock() {
        return Stream.of(note, clock()).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }

    private String clock() {
        String clock = terminal.environment().getOrDefault(CLOCK, "");
        return clock.isEmpty() ? "" : "clock of the sandbox: " + clock;
    }

    /** To the error stream: the output is for the answer. */
    private void confirm(Comparison comparison) {
        if (yes) {
            return;
        }
        comparison.announcement().forEach(terminal.err()::println);
        boolean agreed = question.ask("Go on?")
                .orElseThrow(() -> new ConfigurationException(
                        "a comparison deploys to its targets again and again, and nobody can be asked whether it may",
                        "Say so with --yes."));
        if (!agreed) {
            throw new ConfigurationException("nothing was done", "Answer 'yes', or say --yes, to compare.");
        }
    }

    private void conclude(ComparisonReport made, Optional<Conditions> conditions) {
        Path page = ReportFiles.write(made, report, conditions.orElse(Conditions.SAME));
        if (isJson()) {
            terminal.out().println(JsonComparison.answer(made, page, conditions));
        } else {
            if (options.verbosity() != Verbosity.QUIET) {
                terminal.out().println();
                terminal.out().print(made.toShortText());
                conditions.ifPresent(there -> terminal.out().print(ComparisonLines.forecast(made, there)));
                terminal.out().println();
            }
            terminal.out().println("Report: " + page.toAbsolutePath().normalize());
        }
        if (open) {
            Browser.open(page, terminal);
        }
    }

    private static void edit(String text, Comparison.Builder builder) {
        int sign = text.indexOf('=');
        Scenario scenario = Scenario.of(text.substring(0, Math.max(0, sign)))
                .orElseThrow(() -> new ConfigurationException(
                        "--edit " + text + " is not SCENARIO=COMMAND",
                        "Write it as change='date > greeting.txt': a scenario, and what changes the source for it."));
        builder.edit(scenario, text.substring(sign + 1));
    }

    private boolean isJson() {
        return options.output(terminal) == OutputFormat.JSON;
    }

    private Map<String, List<URI>> addresses() {
        Map<String, List<URI>> addresses = new LinkedHashMap<>();
        for (String client : clients) {
            int sign = client.indexOf('=');
            String target = sign < 0 ? "" : client.substring(0, sign);
            URI address = sign < 0 ? URI.create("") : address(client.substring(sign + 1));
            if (!options.targets().contains(target) || address.getHost() == null) {
                throw new ConfigurationException(
                        "--client " + client + " is not TARGET=URL with one of the targets that are compared",
                        "Write it as " + options.targets().stream().findFirst().orElse("staging")
                                + "=https://shop.example.com/");
            }
            addresses.computeIfAbsent(target, name -> new ArrayList<>()).add(address);
        }
        return addresses;
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    private static String tool() {
        try {
            return new Version().getVersion()[0];
        } catch (IOException e) {
            return "deployflow";
        }
    }
}
