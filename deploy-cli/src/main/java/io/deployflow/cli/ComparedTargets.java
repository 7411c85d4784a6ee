package io.deployflow.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** What the command takes that is about several targets. */
final class ComparedTargets extends CommonOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "TARGET",
            description = "The targets' names in the deploy file; two or more.")
    private List<String> targets = List.of();

    @Override
    List<String> targets() {
        return targets;
    }
}
