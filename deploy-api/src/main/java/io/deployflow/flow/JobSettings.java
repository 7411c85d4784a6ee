package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One job: steps that run one after another, in a checkout of their own.
 *
 * @param requires the jobs that must have ended before
 * @param branches the branches that it is for; empty for all
 * @param tags the tags that it is for; empty for none
 * @param when how those that it requires must have ended
 * @param environment variables on top of the flow's
 * @param secrets variables that must be set where the flow runs, and are never shown
 * @param services the names of the services that it needs
 * @param directory where its steps run, below the source
 * @param timeout how long it may take
 * @param steps what it does
 */
public record JobSettings(
        @Setting("The jobs that must have ended before.") List<String> requires,

        @Setting("The branches that it is for; default: all.")
        Optional<FilterSettings> branches,

        @Setting("The tags that it is for; default: none.") Optional<FilterSettings> tags,

        @Setting(value = "How those that it requires must have ended.", defaultValue = "on_success")
        When when,

        @Setting("Environment variables on top of the flow's.")
        Map<String, String> environment,

        @Setting("Environment variables that must be set where the flow runs; never shown.")
        List<String> secrets,

        @Setting("Which of 'services' it needs.") List<String> services,

        @Setting("Where its steps run, below the source.") Optional<String> directory,

        @Setting(value = "How long it may take.", defaultValue = "1h")
        Duration timeout,

        @Setting(value = "What it does, one after another.", required = true)
        List<StepSettings> steps) {

    /** Checks the parts and copies the collections. */
    public JobSettings {
        Objects.requireNonNull(branches, "branches");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(directory, "directory");
        requires = List.copyOf(requires);
        secrets = List.copyOf(secrets);
        services = List.copyOf(services);
        steps = List.copyOf(steps);
        environment = Variables.checked(environment);
        secrets.forEach(name -> Variables.check("secrets", name));
        if (steps.isEmpty()) {
            throw new InvalidSettingException("steps", "must have at least one step");
        }
        Variables.longerThanZero("timeout", timeout);
        if (when == When.ON_FAILURE && requires.isEmpty()) {
            throw new InvalidSettingException("when", "is on_failure, and the job requires none that could fail");
        }
    }

    /** The same with other steps. */
    JobSettings with(List<StepSettings> others) {
        return new JobSettings(
                requires, branches, tags, when, environment, secrets, services, directory, timeout, others);
    }
}
