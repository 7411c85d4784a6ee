package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.JobState;
import io.deployflow.flow.StepReport;
import io.deployflow.flow.StepSettings;
import io.deployflow.flow.When;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of one job, one after another, in the directory that it has been given. */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    private final JobSession job;
    private final CancellationToken cancellation;
    private final Instant end;
    private final List<StepReport> reports = new ArrayList<>();
    private JobState state = JobState.SUCCEEDED;
    private String reason = "";

    /**
     * A job that has not begun.
     *
     * @param begun when its time began
     * @param cancellation ends it
     */
    JobRun(JobSession job, Instant begun, CancellationToken cancellation) {
        this.job = job;
        this.cancellation = cancellation;
        this.end = begun.plus(job.settings().timeout());
    }

    /** Runs it to its end; what fails is in the report. */
    JobReport run(Instant begun) {
        int number = 0;
        for (StepSettings step : job.settings().steps()) {
            number++;
            StepReport report = wanted(step) ? run(step, number) : skipped(step);
            reports.add(report);
            job.run().teller().tell(new FlowEvent.StepFinished(now(), job.name(), number, report));
        }
        return new JobReport(job.name(), state, reason, Duration.between(begun, now()), reports);
    }

    private boolean wanted(StepSettings step) {
        return switch (state) {
            case SUCCEEDED -> step.when() != When.ON_FAILURE;
            case FAILED -> step.when() != When.ON_SUCCESS;
            default -> false;
        };
    }

    private StepReport run(StepSettings step, int number) {
        job.run().teller().tell(new FlowEvent.StepStarted(now(), job.name(), number, title(step)));
        Instant start = now();
        try (StepLog log = StepLog.in(job.run().directory().log(job.name(), number));
                Deadline deadline = Deadline.of(step.timeout(), left(), cancellation)) {
            Optional<String> failure = failure(step, number, log, deadline);
            Duration took = Duration.between(start, now());
            failure.ifPresent(why -> fail(step, why));
            return failure.map(why -> new StepReport(title(step), state, took, Optional.of(why), log.lastLines()))
                    .orElseGet(
                            () -> new StepReport(title(step), JobState.SUCCEEDED, took, Optional.empty(), List.of()));
        }
    }

    private void fail(StepSettings step, String why) {
        if (cancellation.isCancelled()) {
            state = JobState.CANCELLED;
            reason = "cancelled in '" + title(step) + "'";
        } else if (state == JobState.SUCCEEDED) {
            state = JobState.FAILED;
            reason = "'" + title(step) + "': " + why;
        }
    }

    /** Why a step failed; empty if it did not. */
    private Optional<String> failure(StepSettings step, int number, StepLog log, Deadline deadline) {
        try {
            StepActions.of(step).run(session(step, number, log, deadline.token()));
            return Optional.empty();
        } catch (DeployCancelledException e) {
            return Optional.of(
                    deadline.isPassed()
                            ? "did not end within "
                                    + deadline.time().toString().substring(2).toLowerCase(Locale.ROOT)
                            : "cancelled");
        } catch (DeployException e) {
            String remedy = e.remedy().isEmpty() ? "" : " (" + e.remedy() + ")";
            return Optional.of(job.mask().hide(e.getMessage() + remedy));
        } catch (RuntimeException e) {
            LOG.warn("step {} of {} failed unexpectedly", number, job.name(), e);
            return Optional.of(job.mask().hide("unexpected " + e));
        } finally {
            if (deadline.token().isCancelled()) {
                new MarkedProcesses(RunMarks.JOB + "=" + job.mark()).kill();
            }
        }
    }

    private StepSession session(StepSettings step, int number, StepLog log, CancellationToken token) {
        Map<String, String> environment = new HashMap<>(job.environment());
        step.environment()
                .forEach((name, value) -> environment.put(name, job.templates().fill(value)));
        Path directory = job.settings().directory().map(job.source()::resolve).orElse(job.source());
        return new StepSession(
                job, number, step, step.directory().map(directory::resolve).orElse(directory), environment, log, token);
    }

    private String title(StepSettings step) {
        return step.title(job.mask()::hide);
    }

    private StepReport skipped(StepSettings step) {
        return new StepReport(title(step), JobState.SKIPPED, Duration.ZERO, Optional.empty(), List.of());
    }

    private Duration left() {
        Duration left = Duration.between(now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Instant now() {
        return job.run().clock().instant();
    }
}
