package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.Release;
import io.deployflow.spi.DeployContext;
import java.util.Locale;

/** Records at the target what became of a release: a tag of its task definition. */
final class ReleaseMarks {
    private final EcsGateway ecs;

    ReleaseMarks(EcsGateway ecs) {
        this.ecs = ecs;
    }

    /** Records a state. A deploy does not fail for it, but a later rollback may choose wrongly: that is said. */
    void mark(String arn, Release.State state, DeployContext context) {
        try {
            ecs.tag(arn, ReleaseTags.state(state));
        } catch (DeployException e) {
            context.warn(TaskDefinitions.id(arn) + " could not be marked as "
                    + state.name().toLowerCase(Locale.ROOT) + ", so a later rollback may not choose rightly: "
                    + e.getMessage());
        }
    }

    /** What serves until now was good, also if somebody else deployed it: a rollback may go back to it. */
    void servedBefore(String arn, DeployContext context) {
        boolean isMarked = ReleaseTags.stateOf(ecs.taskDefinition(arn).tags())
                .filter(state -> state != Release.State.STAGED)
                .isPresent();
        if (!isMarked) {
            mark(arn, Release.State.GOOD, context);
        }
    }
}
