package io.deployflow.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** What a command takes that is about one target. */
final class TargetOptions extends CommonOptions {
    @Parameters(index = "0", paramLabel = "TARGET", description = "The target's name in the deploy file.")
    private String target = "";

    String target() {
        return target;
    }

    @Override
    List<String> targets() {
        return List.of(target);
    }
}
