package io.deployflow.cli;

import io.deployflow.ConfigurationException;
import io.deployflow.ContentCheck;
import io.deployflow.compare.Scenario;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands, and what is said of words that are none. */
final class Cli {
    // Picocli lays out help in no fewer columns.
    private static final int LEAST_HELP_WIDTH = 55;

    private final Terminal terminal;

    Cli(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs a command.
     *
     * @return the process's exit status: see {@link ExitCode}
     */
    int run(String... words) {
        String[] asked = words.length > 0 && words[0].equals("help") ? helped(words) : words;
        return commandLine(asked).execute(asked);
    }

    /**
     * {@code help deploy} is {@code deploy --help}; what is no command is refused as if it had been asked for itself.
     */
    private String[] helped(String... words) {
        boolean isNone = words.length > 1 && !isCommand(words[1]);
        return Stream.concat(Stream.of(words).skip(1), Stream.of("--help").filter(option -> !isNone))
                .toArray(String[]::new);
    }

    private boolean isCommand(String word) {
        return commands(HeadStart.none()).containsKey(word);
    }

    private CommandLine commandLine(String... words) {
        boolean isCommand = words.length > 0 && isCommand(words[0]);
        Map<String, Supplier<Object>> commands = commands(isCommand ? HeadStart.of(words) : HeadStart.none());
        @Nullable Supplier<Object> command = isCommand ? commands.get(words[0]) : null;
        CommandLine root = new CommandLine(new RootCommand());
        // Each command costs milliseconds of looking at its annotations: only the one that the first word names is
        // asked.
        if (command != null) {
            root.addSubcommand(command.get());
        } else {
            commands.values().forEach(each -> root.addSubcommand(each.get()));
        }
        return root.registerConverter(OutputFormat.class, OutputFormat::of)
                .registerConverter(ContentCheck.class, ContentChecks::of)
                .registerConverter(Switch.class, Switch::of)
                .registerConverter(Scenario.class, Scenarios::of)
                .registerConverter(Duration.class, Durations::of)
                // A word of a command that runs elsewhere is not the name of a file here.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(colours())
                .setUsageHelpWidth(Math.max(LEAST_HELP_WIDTH, Math.min(terminal.width(), 100)))
                .setParameterExceptionHandler((e, arguments) -> misused(e));
    }

    /** By name, in the order of the help. */
    private Map<String, Supplier<Object>> commands(HeadStart headStart) {
        Workbench workbench = new Workbench(terminal, headStart);
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("deploy", () -> new DeployCommand(workbench));
        commands.put("plan", () -> new PlanCommand(workbench));
        commands.put("rollout", () -> new RolloutCommand(workbench));
        commands.put("build", () -> new BuildCommand(workbench));
        commands.put("rollback", () -> new RollbackCommand(workbench));
        commands.put("status", () -> new StatusCommand(workbench));
        commands.put("releases", () -> new ReleasesCommand(workbench));
        commands.put("verify", () -> new VerifyCommand(workbench));
        commands.put("lock", () -> new LockCommand(workbench));
        commands.put("unlock", () -> new UnlockCommand(workbench));
        commands.put("maintenance", () -> new MaintenanceCommand(workbench));
        commands.put("exec", () -> new ExecCommand(workbench));
        commands.put("run", () -> new RunCommand(workbench));
        commands.put("logs", () -> new LogsCommand(workbench));
        commands.put("scale", () -> new ScaleCommand(workbench));
        commands.put("compare", () -> new CompareCommand(terminal, Question.at(terminal)));
        commands.put("flow", () -> FlowCommand.with(terminal));
        commands.put("init", () -> InitCommand.with(terminal));
        return commands;
    }

    private ColorScheme colours() {
        return CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF);
    }

    private int misused(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        ConfigurationException failure = new ConfigurationException(sentence(e), "Run '" + command + " --help'.");
        FailureLines.of(Failure.of(failure), Style.of(terminal)).forEach(terminal.err()::println);
        return ExitCode.CONFIGURATION.number();
    }

    private static String sentence(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().get(0), unmatched)
                : String.valueOf(e.getMessage());
    }

    private static String unknown(String word, UnmatchedArgumentException e) {
        boolean atRoot = e.getCommandLine().getParent() == null;
        String problem = word.startsWith("-") ? "not an option" : atRoot ? "not a command" : "one word too many";
        List<String> near = e.getSuggestions();
        return "'" + word + "' is " + problem + (near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?");
    }
}
