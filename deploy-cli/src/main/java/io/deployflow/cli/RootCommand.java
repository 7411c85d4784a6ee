package io.deployflow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "deployflow",
        description = "Deploys an application as containers on Amazon ECS or as a directory over SSH.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes: 0 done; 1 unexpected; 2 usage or deploy file; 3 build; 4 push;",
            "5 rollout failed, previous release serving; 6 rollout failed and not restored;",
            "7 locked or in flight; 8 unreachable or unauthorised; 9 not whole (status);",
            "10 operation failed on a unit; 11 check failed (verify);",
            "12 not all went well (compare); 13 a job failed (flow); 130 cancelled;",
            "'exec', 'run': the command's own."
        })
@SuppressWarnings("UnusedVariable") // picocli acts on these two by itself
final class RootCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    private boolean version;
}
