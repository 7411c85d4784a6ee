package io.deployflow.internal.flow;

import io.deployflow.flow.FlowPlan.PlannedJob;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.JobState;
import io.deployflow.flow.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which job may begin, and which never will; knows nothing of threads. */
final class Schedule {
    private final List<PlannedJob> pending;
    private final int parallel;
    private final Map<String, JobReport> ended = new LinkedHashMap<>();
    /** Those that did not succeed because of a failure, their own or that of one before them. */
    private final Set<String> broken = new HashSet<>();

    private final Set<String> running = new HashSet<>();

    /**
     * A schedule in which nothing has begun.
     *
     * @param parallel how many jobs may run at once
     */
    Schedule(List<PlannedJob> jobs, int parallel) {
        this.pending = new ArrayList<>(jobs);
        this.parallel = parallel;
    }

    /** Skips the jobs that can be told by now not to run; each is told once. */
    List<JobReport> skip() {
        List<JobReport> skipped = new ArrayList<>();
        for (PlannedJob job : List.copyOf(pending)) {
            whyNot(job).ifPresent(reason -> skipped.add(skip(job, reason)));
        }
        return skipped;
    }

    /** Skips all that has not begun, but for what is to run after a failure. */
    List<JobReport> skipForFailure(String reason) {
        List<JobReport> skipped = new ArrayList<>();
        for (PlannedJob job : List.copyOf(pending)) {
            if (job.when() == When.ON_SUCCESS) {
                broken.add(job.name());
                skipped.add(skip(job, reason));
            }
        }
        return skipped;
    }

    /** Skips all that has not begun. */
    List<JobReport> skipAll(String reason) {
        return List.copyOf(pending).stream().map(job -> skip(job, reason)).toList();
    }

    /** Takes the jobs that may begin now; they count as running. */
    List<String> begin() {
        List<String> begun = new ArrayList<>();
        for (PlannedJob job : List.copyOf(pending)) {
            if (running.size() < parallel && ended.keySet().containsAll(job.requires())) {
                pending.remove(job);
                running.add(job.name());
                begun.add(job.name());
            }
        }
        return begun;
    }

    /** A job has ended. */
    void end(JobReport report) {
        running.remove(report.name());
        ended.put(report.name(), report);
        if (report.state() != JobState.SUCCEEDED) {
            broken.add(report.name());
        }
    }

    /** Whether something runs. */
    boolean isRunning() {
        return !running.isEmpty();
    }

    /** All that has ended, in that order. */
    List<JobReport> ended() {
        return List.copyOf(ended.values());
    }

    private JobReport skip(PlannedJob job, String reason) {
        pending.remove(job);
        JobReport report = JobReport.skipped(job.name(), reason);
        ended.put(job.name(), report);
        return report;
    }

    private Optional<String> whyNot(PlannedJob job) {
        if (job.skipped().isPresent()) {
            return job.skipped();
        }
        return switch (job.when()) {
            case ON_SUCCESS -> unsuccessful(job);
            case ON_FAILURE -> unbroken(job);
            case ALWAYS -> Optional.empty();
        };
    }

    private Optional<String> unsuccessful(PlannedJob job) {
        for (String name : job.requires()) {
            JobReport required = ended.get(name);
            if (required != null && required.state() != JobState.SUCCEEDED) {
                if (broken.contains(name)) {
                    broken.add(job.name());
                }
                return Optional.of("requires '" + name + "', which " + words(required.state()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> unbroken(PlannedJob job) {
        boolean allEnded = ended.keySet().containsAll(job.requires());
        return allEnded && job.requires().stream().noneMatch(broken::contains)
                ? Optional.of("nothing that it requires failed")
                : Optional.empty();
    }

    private static String words(JobState state) {
        return switch (state) {
            case FAILED -> "failed";
            case CANCELLED -> "was cancelled";
            default -> "was skipped";
        };
    }
}
