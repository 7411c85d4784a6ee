package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The section {@code flow} of {@code deploy.yml}.
 *
 * @param environment variables of every job
 * @param steps lists of steps that jobs share, by their names
 * @param services containers that jobs may need, by their names
 * @param jobs the jobs by their names
 * @param cache where caches are kept
 * @param notices who is told of deploys
 * @param parallel how many jobs run at once, at the most
 * @param failFast whether a job that fails ends those beside it
 * @param keepRuns how many runs' logs and artifacts are kept
 */
public record FlowSettings(
        @Setting("Environment variables of every job.") Map<String, String> environment,

        @Setting("Lists of steps that jobs share: a step 'use: NAME' stands for them.")
        Map<String, List<StepSettings>> steps,

        @Setting("Containers that jobs may need beside them, such as databases.")
        Map<String, ServiceSettings> services,

        @Setting(value = "The jobs by their names.", required = true)
        Map<String, JobSettings> jobs,

        @Setting("Where caches are kept.") Optional<CacheSettings> cache,

        @Setting("Who is told of deploys.") Optional<NotifySettings> notices,

        @Setting(value = "How many jobs run at once, at the most.", defaultValue = "4")
        int parallel,

        @Setting(value = "Whether a job that fails ends those beside it.", defaultValue = "true")
        boolean failFast,

        @Setting(value = "How many runs' logs and artifacts are kept.", defaultValue = "10")
        int keepRuns) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /** Checks the parts and copies the collections, in their order. */
    public FlowSettings {
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(notices, "notices");
        environment = Variables.checked(environment);
        steps = Variables.ordered(steps);
        services = Variables.ordered(services);
        jobs = Variables.ordered(jobs);
        if (jobs.isEmpty()) {
            throw new InvalidSettingException("jobs", "names no job");
        }
        checkNames("jobs", jobs);
        checkNames("services", services);
        atLeastOne("parallel", parallel);
        atLeastOne("keep_runs", keepRuns);
        for (List<StepSettings> shared : steps.values()) {
            if (shared.stream().anyMatch(step -> step.use().isPresent())) {
                throw new InvalidSettingException("steps", "has a list with 'use': a shared list cannot use another");
            }
        }
    }

    /** The job of a name, with the shared steps in the places where it uses them. */
    public Optional<JobSettings> job(String name) {
        return Optional.ofNullable(jobs.get(name))
                .map(job ->
                        job.with(job.steps().stream().flatMap(this::expanded).toList()));
    }

    private Stream<StepSettings> expanded(StepSettings step) {
        return step.use()
                .map(name -> steps.getOrDefault(name, List.of()).stream())
                .orElseGet(() -> Stream.of(step));
    }

    private static void checkNames(String key, Map<String, ?> map) {
        for (String name : map.keySet()) {
            if (!name.matches(NAME)) {
                throw new InvalidSettingException(
                        key, "has '" + name + "', which is not a name: use letters, digits, '.', '_' and '-'");
            }
        }
    }

    private static void atLeastOne(String key, int number) {
        if (number < 1) {
            throw new InvalidSettingException(key, "must be at least 1");
        }
    }
}
