package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.JobSettings;
import io.deployflow.flow.JobState;
import io.deployflow.internal.Git;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives a job what it needs (a checkout, its services, its variables), has it run, and takes all of that away again.
 *
 * @param run the run
 */
record JobRunner(RunSession run) {
    /** Runs a job to its end; what fails is in the report. */
    JobReport run(String name, CancellationToken cancellation) {
        Instant begun = run.clock().instant();
        run.teller().tell(new FlowEvent.JobStarted(begun, name));
        JobReport report = prepared(name, begun, cancellation);
        run.teller().tell(new FlowEvent.JobFinished(run.clock().instant(), name, report));
        return report;
    }

    private JobReport prepared(String name, Instant begun, CancellationToken cancellation) {
        JobSettings settings = run.settings().job(name).orElseThrow();
        try (JobServices services = new JobServices(run, name, cancellation)) {
            Path source = source(name);
            services.start(settings.services());
            JobSession job = session(name, settings, source, services.addresses());
            return new JobRun(job, begun, cancellation).run(begun);
        } catch (DeployCancelledException e) {
            return ended(name, JobState.CANCELLED, "cancelled before its first step", begun);
        } catch (DeployException e) {
            String remedy = e.remedy().isEmpty() ? "" : " (" + e.remedy() + ")";
            return ended(name, JobState.FAILED, run.mask().hide(e.getMessage() + remedy), begun);
        } finally {
            new MarkedProcesses(RunMarks.JOB + "=" + run.id() + "/" + name).kill();
            run.directory().removeWork(name);
        }
    }

    private JobReport ended(String name, JobState state, String reason, Instant begun) {
        return new JobReport(
                name, state, reason, Duration.between(begun, run.clock().instant()), List.of());
    }

    private Path source(String name) {
        Optional<Path> root = run.place().root();
        return run.inPlace() || root.isEmpty()
                ? run.sources().application().source()
                : new Checkouts(run.place(), root.get())
                        .make(run.directory().work(name).resolve("checkout"));
    }

    private JobSession session(String name, JobSettings settings, Path source, Map<String, String> addresses) {
        Map<String, String> names = new TreeMap<>(addresses);
        names.putAll(TemplateNames.of(run, name));
        Templates templates = new Templates(names, new Checksums(source)::of);
        Map<String, String> environment = new HashMap<>(run.sources().environment());
        Git.HOOK_VARIABLES.forEach(environment::remove);
        environment.put("CI", "true");
        environment.put(RunMarks.RUN, run.id());
        environment.put(RunMarks.JOB, run.id() + "/" + name);
        environment.put("DEPLOYFLOW_JOB", name);
        environment.put("DEPLOYFLOW_ARTIFACTS", run.directory().artifacts(name).toString());
        run.place().branch().ifPresent(branch -> environment.put("DEPLOYFLOW_BRANCH", branch));
        run.place().tag().ifPresent(tag -> environment.put("DEPLOYFLOW_TAG", tag));
        run.place().revision().ifPresent(revision -> environment.put("DEPLOYFLOW_REVISION", revision));
        run.place().link().ifPresent(link -> environment.put("DEPLOYFLOW_RUN_URL", link));
        addresses.forEach((key, value) -> environment.put(variable(key), value));
        run.settings().environment().forEach((key, value) -> environment.put(key, templates.fill(value)));
        settings.environment().forEach((key, value) -> environment.put(key, templates.fill(value)));
        return new JobSession(run, name, settings, source, environment, templates);
    }

    /** {@code services.postgres.port} as a variable: {@code POSTGRES_PORT}. */
    private static String variable(String address) {
        return address.replaceFirst("^services\\.", "")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }
}
