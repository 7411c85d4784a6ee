package io.deployflow.cli;

import io.deployflow.flow.FlowRequest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands of a flow take. */
final class FlowOptions extends FileOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "JOB",
            description = "Only these jobs, and those that they require (default: all).")
    private List<String> jobs = List.of();

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            description = "The branch that the filters see (default: what the CI says, else what is checked out).")
    private Optional<String> branch = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "The tag that the filters see, instead of a branch.")
    private Optional<String> tag = Optional.empty();

    @Option(
            names = "--in-place",
            description = "Run in the source directory as it is, one job at a time,"
                    + " instead of each job in a checkout of the commit.")
    private boolean inPlace;

    FlowRequest request() {
        return new FlowRequest(jobs, branch, tag, inPlace);
    }
}
