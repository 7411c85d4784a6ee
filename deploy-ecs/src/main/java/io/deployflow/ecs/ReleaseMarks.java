package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.Release;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Records at the target what became of a release: a tag of its task definition. */
final class ReleaseMarks {
    private final EcsGateway ecs;

    ReleaseMarks(EcsGateway ecs) {
        this.ecs = ecs;
    }

    /** Records a state with task definitions. */
    void mark(List<String> arns, Release.State state, DeployContext context) {
        arns.stream().distinct().forEach(arn -> tag(arn, List.of(ReleaseTags.state(state)), context));
    }

    /** A deploy does not fail for it, but a later rollback may choose wrongly: that is said. */
    private void tag(String arn, List<Tag> tags, DeployContext context) {
        try {
            ecs.tag(arn, tags);
        } catch (DeployException e) {
            context.warn(TaskDefinitions.id(arn) + " could not be marked as "
                    + tags.get(0).value() + ", so a later rollback may not choose rightly: " + e.getMessage());
        }
    }

    /** Records a release's own id, for people and for tasks that take tags over; nothing else goes by it. */
    void named(EcsRelease release, DeployContext context) {
        release.parts().stream().map(EcsRelease.Part::arn).distinct().forEach(arn -> {
            try {
                ecs.tag(arn, List.of(ReleaseTags.release(release)));
            } catch (DeployException e) {
                context.warn(TaskDefinitions.id(arn) + " could not be tagged with its release: " + e.getMessage());
            }
        });
    }

    /**
     * What serves until now was good, also if somebody else deployed it: a rollback may go back to it.
     *
     * @param serving what each service runs, the leading one first
     */
    void servedBefore(List<EcsRelease.Part> serving, DeployContext context) {
        serving.stream().map(EcsRelease.Part::arn).distinct().forEach(arn -> {
            List<Tag> there = ecs.remembered(arn).tags();
            boolean leads = arn.equals(serving.get(0).arn());
            List<Tag> missing = Stream.concat(
                            state(there).stream(), leads ? companions(there, serving).stream() : Stream.empty())
                    .toList();
            if (!missing.isEmpty()) {
                tag(arn, missing, context);
            }
        });
    }

    private static Optional<Tag> state(List<Tag> there) {
        return ReleaseTags.stateOf(there)
                        .filter(state -> state != Release.State.STAGED)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(ReleaseTags.state(Release.State.GOOD));
    }

    private static List<Tag> companions(List<Tag> there, List<EcsRelease.Part> serving) {
        return Companions.read(there).ids().isEmpty() ? Companions.of(serving).toTags() : List.of();
    }
}
