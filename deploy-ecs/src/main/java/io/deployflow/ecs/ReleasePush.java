package io.deployflow.ecs;

import io.deployflow.ImageArtifact;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.PushStrategy;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/** Pushes the image, and registers a revision of the service's task definition that is pinned to it. */
final class ReleasePush implements PushStrategy<ImageArtifact, EcsRelease> {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ImagePusher pusher;
    private final NextTaskDefinition definitions;

    ReleasePush(EcsSettings settings, EcsGateway ecs, ImagePusher pusher) {
        this.settings = settings;
        this.ecs = ecs;
        this.pusher = pusher;
        this.definitions = new NextTaskDefinition(settings);
    }

    @Override
    public EcsRelease push(ImageArtifact artifact, DeployContext context) {
        String image = pusher.push(artifact.image(), tag(settings.image(), artifact.revision()), context)
                .toString();
        return register(image, artifact.revision(), context);
    }

    /** Registers the next task definition of the service with this image, unless what the service has is the same. */
    EcsRelease register(String image, Revision revision, DeployContext context) {
        Service service = ecs.service();
        EcsGateway.Described live = ecs.taskDefinition(service.taskDefinition());
        RegisterTaskDefinitionRequest next = definitions.make(live, image, context);
        if (DefinitionChanges.between(TaskDefinitions.asRequest(live.definition(), live.tags()), next)
                .isEmpty()) {
            return TaskDefinitions.release(live.definition(), live.tags(), settings.container())
                    .as(Release.State.LIVE)
                    .basedOn(service.taskDefinition());
        }
        context.cancellation().throwIfCancelled();
        RegisterTaskDefinitionRequest request = next.toBuilder()
                .tags(Stream.concat(next.tags().stream(), tags(revision, service, context).toTags().stream())
                        .toList())
                .build();
        return TaskDefinitions.release(ecs.register(request), request.tags(), settings.container())
                .basedOn(service.taskDefinition());
    }

    /** The tag that a revision's image is pushed with. */
    static String tag(ImageSettings image, Revision revision) {
        return image.tag().replace("{revision}", revision.shortId());
    }

    /** What is recorded of a revision that is registered now for a service. */
    private static ReleaseTags tags(Revision revision, Service service, DeployContext context) {
        return new ReleaseTags(
                context.application().name(),
                revision.id(),
                context.person(),
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                Release.State.STAGED,
                Optional.of(service.taskDefinition()));
    }
}
