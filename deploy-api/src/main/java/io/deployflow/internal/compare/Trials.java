package io.deployflow.internal.compare;

import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.Target;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.Omission;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a comparison: every step in order, and afterwards puts back what the targets served. */
public final class Trials {
    private final Setup setup;
    private final Edits edits;
    private final Map<String, Trial> trials = new LinkedHashMap<>();
    private final List<Omission> omissions = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private String cutShort = "";

    /** Of a setup. */
    public Trials(Setup setup) {
        this.setup = setup;
        this.edits = new Edits(setup.commands());
    }

    /**
     * Runs it.
     *
     * @throws io.deployflow.DeployException if a target cannot be looked at; then nothing was changed
     */
    public ComparisonReport run() {
        Instant begun = Instant.now();
        long start = System.nanoTime();
        try (SourceCopy copy = SourceCopy.of(setup.application(), edits, setup.cancellation())) {
            try {
                for (Target target : setup.targets()) {
                    trials.put(target.name(), Trial.open(setup, target, copy));
                }
                try {
                    work(copy);
                } finally {
                    putBack();
                }
            } finally {
                trials.values().forEach(Trial::close);
            }
        }
        return new ComparisonReport(
                setup.application().name(),
                begun,
                Duration.ofNanos(System.nanoTime() - start),
                setup.runs(),
                setup.warmUps(),
                new ComparisonReport.Environment(Machine.describe(), Machine.java(), setup.tool(), setup.note()),
                trials.values().stream().map(Trial::place).toList(),
                setup.scenarios(),
                omissions,
                runs,
                cutShort);
    }

    private void work(SourceCopy copy) {
        try {
            List<Step> steps = steps(copy);
            if (steps.stream().noneMatch(step -> step.scenario() == Scenario.FIRST)) {
                trials.values().forEach(trial -> trial.deployUnmeasured("the source as it is"));
            }
            take(steps, copy);
        } catch (DeployCancelledException e) {
            cutShort = "it was cancelled";
        } catch (DeployException e) {
            cutShort = String.valueOf(e.getMessage());
        }
    }

    /** Those that can be taken; of the others it is noted why not. */
    private List<Step> steps(SourceCopy copy) {
        List<Scenario> possible = new ArrayList<>();
        for (Scenario scenario : setup.scenarios()) {
            Optional<String> missing =
                    edits.missing(scenario, copy.application().source());
            missing.ifPresent(reason ->
                    setup.targets().forEach(target -> omissions.add(new Omission(target.name(), scenario, reason))));
            if (missing.isEmpty()) {
                possible.add(scenario);
            }
        }
        return Step.all(List.copyOf(trials.keySet()), possible, setup.warmUps(), setup.runs());
    }

    private void take(List<Step> steps, SourceCopy copy) {
        Estimate estimate = new Estimate(steps);
        @Nullable Step before = null;
        for (int index = 0; index < steps.size() && cutShort.isEmpty(); index++) {
            Step step = steps.get(index);
            setup.cancellation().throwIfCancelled();
            if (before == null || !step.sharesSourceWith(before)) {
                change(step.scenario(), copy);
            }
            before = step;
            if (isOmitted(step)) {
                continue;
            }
            long start = System.nanoTime();
            Optional<Run> run = take(step);
            estimate.took(index, Duration.ofNanos(System.nanoTime() - start));
            int done = index + 1;
            run.ifPresent(made ->
                    setup.progress().ended(made, done, steps.size(), estimate.left(later -> !isOmitted(later))));
        }
    }

    private static void change(Scenario scenario, SourceCopy copy) {
        if (scenario == Scenario.CHANGE || scenario == Scenario.DEPENDENCY || scenario == Scenario.BROKEN) {
            copy.edit(scenario);
        } else {
            copy.mend();
        }
    }

    /** Empty where it cannot be taken, which is noted. */
    private Optional<Run> take(Step step) {
        Trial trial = trial(step);
        try {
            Run run = trial.prepare(step)
                    .map(reason -> Measured.unprepared(step, reason))
                    .orElseGet(() -> measured(trial, step));
            runs.add(run);
            problem(trial, run).ifPresent(problem -> cutShort = problem);
            return Optional.of(run);
        } catch (CannotScaleException e) {
            omissions.add(new Omission(step.place(), step.scenario(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Run measured(Trial trial, Step step) {
        setup.progress().begins(step.place(), step.scenario(), step.number());
        return trial.run(step);
    }

    /** Why nothing can be measured after a run, if so. */
    private static Optional<String> problem(Trial trial, Run run) {
        boolean isNotRestored = run.end() == ComparisonReport.End.NOT_RESTORED;
        return isNotRestored || trial.mayHaveOneMore()
                ? Optional.of(run.place() + " could not be put back after '"
                        + run.scenario().title() + "': " + run.failure())
                : Optional.empty();
    }

    private boolean isOmitted(Step step) {
        return omissions.stream()
                .anyMatch(omission -> omission.place().equals(step.place()) && omission.scenario() == step.scenario());
    }

    private Trial trial(Step step) {
        Trial trial = trials.get(step.place());
        if (trial == null) {
            throw new IllegalStateException("no target " + step.place());
        }
        return trial;
    }

    /** Also after a cancel: a target must not go on serving a trial. */
    private void putBack() {
        for (Trial trial : trials.values()) {
            trial.putBack().ifPresent(failure -> cutShort = cutShort.isEmpty() ? failure : cutShort + "; " + failure);
        }
    }
}
