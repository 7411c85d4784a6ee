package io.deployflow.cli;

import io.deployflow.ConfigurationException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands, and what is said of words that are none. */
final class Cli {
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
        return commandLine().execute(words);
    }

    private CommandLine commandLine() {
        Workbench workbench = new Workbench(terminal);
        CommandLine root = new CommandLine(new RootCommand());
        Stream.of(
                        new DeployCommand(workbench),
                        new PlanCommand(workbench),
                        new RollbackCommand(workbench),
                        new StatusCommand(workbench),
                        new ReleasesCommand(workbench),
                        new LockCommand(workbench),
                        new UnlockCommand(workbench),
                        new MaintenanceCommand(workbench),
                        new ExecCommand(workbench),
                        new InitCommand(terminal))
                .forEach(root::addSubcommand);
        return root.registerConverter(OutputFormat.class, OutputFormat::of)
                .registerConverter(Switch.class, Switch::of)
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(colours())
                .setUsageHelpWidth(Math.min(terminal.width(), 100))
                .setParameterExceptionHandler((e, arguments) -> misused(e));
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
