package io.deployflow.internal.flow;

import io.deployflow.ConfigurationException;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowPlan.PlannedJob;
import io.deployflow.flow.FlowRequest;
import io.deployflow.flow.FlowSettings;
import io.deployflow.flow.JobSettings;
import io.deployflow.flow.When;
import io.deployflow.internal.config.text.Suggestions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides before anything runs which jobs are for this place at all, and says why the others are not. */
record Planner(FlowSettings settings, FlowRequest request, Place place, SecretMask mask) {

    /**
     * The plan.
     *
     * @throws ConfigurationException if a job is asked for that is not there
     */
    FlowPlan plan() {
        request.jobs().forEach(this::checkKnown);
        JobGraph graph = new JobGraph(settings.jobs());
        Set<String> wanted = graph.closure(
                request.jobs().isEmpty() ? List.copyOf(settings.jobs().keySet()) : request.jobs());
        Map<String, String> skipped = new HashMap<>();
        List<PlannedJob> jobs = graph.rounds().entrySet().stream()
                .flatMap(entry -> settings
                        .job(entry.getKey())
                        .map(job -> planned(entry.getKey(), job, entry.getValue(), wanted, skipped))
                        .stream())
                .toList();
        return new FlowPlan(place.revision(), place.branch(), place.tag(), jobs);
    }

    private PlannedJob planned(
            String name, JobSettings job, int round, Set<String> wanted, Map<String, String> skipped) {
        Optional<String> reason = reason(name, job, wanted).or(() -> behindASkipped(job, skipped));
        reason.ifPresent(why -> skipped.put(name, why));
        return new PlannedJob(
                name,
                job.requires(),
                round,
                job.when(),
                reason,
                job.services(),
                job.steps().stream().map(step -> step.title(mask::hide)).toList());
    }

    private Optional<String> reason(String name, JobSettings job, Set<String> wanted) {
        if (!wanted.contains(name)) {
            return Optional.of("not asked for");
        }
        if (place.skips() && request.jobs().isEmpty()) {
            return Optional.of("the commit says [ci skip]");
        }
        return filtered(job);
    }

    private Optional<String> filtered(JobSettings job) {
        if (place.tag().isPresent()) {
            boolean passes = job.tags().isPresent()
                    && job.tags().get().passes(place.tag().get());
            return passes ? Optional.empty() : Optional.of("not for " + place.words());
        }
        if (job.branches().isEmpty()) {
            return Optional.empty();
        }
        if (place.branch().isEmpty()) {
            return Optional.of("only for some branches, and it is not known which this is: name it with --branch");
        }
        boolean passes = job.branches().get().passes(place.branch().get());
        return passes ? Optional.empty() : Optional.of("not for " + place.words());
    }

    /** What runs after a failure cannot be told before. */
    private static Optional<String> behindASkipped(JobSettings job, Map<String, String> skipped) {
        return job.requires().stream()
                .filter(skipped::containsKey)
                .filter(name -> job.when() == When.ON_SUCCESS)
                .map(name -> "requires '" + name + "', which is skipped")
                .findFirst();
    }

    private void checkKnown(String job) {
        if (!settings.jobs().containsKey(job)) {
            Suggestions names = new Suggestions(List.copyOf(settings.jobs().keySet()));
            throw new ConfigurationException(
                    "the flow has no job '" + job + "'" + names.didYouMean(job), "The jobs are " + names.list() + ".");
        }
    }
}
