package io.deployflow.sandbox.scheduler;

import java.util.List;
import java.util.Optional;

/**
 * What must be there before the containers of a task can start.
 *
 * @param executionRole the ARN of the role that gets it; empty when there is none
 * @param secrets what is read into variables
 * @param logGroups where containers write to
 */
public record Resources(Optional<String> executionRole, List<SecretVariable> secrets, List<LogGroup> logGroups) {

    /** Nothing. */
    public static final Resources NONE = new Resources(Optional.empty(), List.of(), List.of());

    /** Copies the lists. */
    public Resources {
        secrets = List.copyOf(secrets);
        logGroups = List.copyOf(logGroups);
    }

    /**
     * A variable whose value is kept elsewhere.
     *
     * @param container the container that has it
     * @param name its name
     * @param valueFrom a secret of Secrets Manager, or a parameter of Systems Manager
     */
    public record SecretVariable(String container, String name, String valueFrom) {}

    /**
     * A log group.
     *
     * @param name its name
     * @param create whether it is made when it is missing
     */
    public record LogGroup(String name, boolean create) {}
}
