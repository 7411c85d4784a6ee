package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.JobState;
import io.deployflow.flow.When;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Has the jobs run when their time has come, each on a thread of its own; decides nothing that a schedule can. */
final class Coordinator {
    private final RunSession run;
    private final Schedule schedule;
    private final CancellationToken cancellation;
    private final Map<String, CancellationToken> tokens = new HashMap<>();
    private final BlockingQueue<JobReport> ends = new LinkedBlockingQueue<>();

    Coordinator(RunSession run, FlowPlan plan, CancellationToken cancellation) {
        this.run = run;
        this.schedule =
                new Schedule(plan.jobs(), run.inPlace() ? 1 : run.settings().parallel());
        this.cancellation = cancellation;
    }

    /** Runs all jobs; their reports in the order in which they ended. */
    List<JobReport> run() {
        settle();
        while (schedule.isRunning()) {
            JobReport ended = next();
            schedule.end(ended);
            if (ended.state() == JobState.FAILED && run.settings().failFast()) {
                failFast(ended.name());
            }
            settle();
        }
        return schedule.ended();
    }

    private void settle() {
        if (cancellation.isCancelled()) {
            tell(schedule.skipAll("the run was cancelled"));
            return;
        }
        for (List<JobReport> skipped = schedule.skip(); !skipped.isEmpty(); skipped = schedule.skip()) {
            tell(skipped);
        }
        schedule.begin().forEach(this::begin);
    }

    private void begin(String job) {
        CancellationToken token = CancellationToken.create();
        cancellation.onCancel(token::cancel);
        tokens.put(job, token);
        Thread thread = new Thread(() -> ends.add(report(job, token)), "flow-" + job);
        thread.setDaemon(true);
        thread.start();
    }

    /** A defect in a job's thread must end the job, not leave the run waiting for it. */
    @SuppressWarnings("CatchingUnchecked") // whatever it is
    private JobReport report(String job, CancellationToken token) {
        try {
            return new JobRunner(run).run(job, token);
        } catch (RuntimeException | Error e) {
            return new JobReport(job, JobState.FAILED, run.mask().hide("unexpected " + e), Duration.ZERO, List.of());
        }
    }

    /** Nothing more begins, and what runs is ended: but never a deploy, nor what is there for failures. */
    private void failFast(String failed) {
        tell(schedule.skipForFailure("'" + failed + "' failed"));
        tokens.forEach((name, token) -> {
            if (isCut(name)) {
                token.cancel();
            }
        });
    }

    private boolean isCut(String name) {
        return run.settings()
                .job(name)
                .filter(job -> job.when() == When.ON_SUCCESS)
                .filter(job -> job.steps().stream().noneMatch(step -> step.changesTheWorld()))
                .isPresent();
    }

    private void tell(List<JobReport> skipped) {
        skipped.forEach(report ->
                run.teller().tell(new FlowEvent.JobFinished(run.clock().instant(), report.name(), report)));
    }

    private JobReport next() {
        try {
            return ends.take();
        } catch (InterruptedException e) {
            cancellation.cancel();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jobs run", e);
        }
    }
}
