package io.deployflow.internal.config;

import io.deployflow.Application;
import io.deployflow.Target;
import io.deployflow.flow.FlowSettings;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a file without mistakes.
 *
 * @param application what is deployed
 * @param targets in the file's order
 * @param flow the flow, if there is one and every variable in it is set
 * @param flowProblems what keeps the flow from running here, one a line: variables that are not set
 */
public record ParsedFile(
        Application application, List<Target> targets, Optional<FlowSettings> flow, Optional<String> flowProblems) {
    /** Copies the list. */
    public ParsedFile {
        targets = List.copyOf(targets);
    }
}
