package io.deployflow;

import java.util.List;

/**
 * What a deploy would do, computed without doing it.
 *
 * @param target the target's name
 * @param revision what would be deployed
 * @param changes what would be different afterwards
 * @param steps what would be sent, in order
 * @param predictions how long the rollout takes at the least, where the target's settings tell
 */
public record Plan(
        String target, Revision revision, List<Change> changes, List<Step> steps, List<Prediction> predictions) {

    /**
     * One thing that would be run or sent.
     *
     * @param phase when
     * @param unit where: a host, or the service
     * @param command the exact command or request, secrets masked
     * @param round from 0: a phase's next round begins when the one before has ended on every unit
     */
    public record Step(Phase phase, String unit, String command, int round) {
        /** In a phase's first round. */
        public Step(Phase phase, String unit, String command) {
            this(phase, unit, command, 0);
        }
    }

    /** Copies the lists. */
    public Plan {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        predictions = List.copyOf(predictions);
    }

    /** Without a prediction. */
    public Plan(String target, Revision revision, List<Change> changes, List<Step> steps) {
        this(target, revision, changes, steps, List.of());
    }

    /** The same with predictions. */
    public Plan predicting(List<Prediction> made) {
        return new Plan(target, revision, changes, steps, made);
    }
}
