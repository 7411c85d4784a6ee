package io.deployflow.ecs;

import io.deployflow.ImageArtifact;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.PushStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Pushes the image, and registers a revision of each service's task definition that is pinned to it. */
final class ReleasePush implements PushStrategy<ImageArtifact, EcsRelease> {
    /** For what only the figures of a report are made of. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ImagePush pusher;
    private final ImageRegistry registry;
    private final NextTaskDefinition definitions;
    private final ReleaseMarks marks;
    private final PublishedImages published;

    ReleasePush(EcsSettings settings, EcsGateway ecs, ImagePush pusher, ImageRegistry registry) {
        this.settings = settings;
        this.ecs = ecs;
        this.pusher = pusher;
        this.registry = registry;
        this.definitions = new NextTaskDefinition(settings);
        this.marks = new ReleaseMarks(ecs);
        this.published = new PublishedImages(registry);
    }

    @Override
    public EcsRelease push(ImageArtifact artifact, DeployContext context) {
        PushedImage image = send(artifact, context);
        CompletableFuture<PublishedImage> there = published(image.reference(), context);
        EcsRelease release = checked(image.reference(), there, artifact.revision(), context);
        if (!image.content().isEmpty()) {
            image.tell(
                    ReleaseHistory.await(there.completeOnTimeout(
                            PublishedImage.UNKNOWN, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)),
                    context);
        }
        return release;
    }

    @Override
    public EcsRelease adopt(String artifact, DeployContext context) {
        ForeignImage.Found image = new ForeignImage(registry).find(artifact, context);
        return checked(image.pinned(), published(image.pinned(), context), image.revision(), context);
    }

    @Override
    public String publish(ImageArtifact artifact, DeployContext context) {
        return send(artifact, context).reference().toString();
    }

    private PushedImage send(ImageArtifact artifact, DeployContext context) {
        return pusher.push(artifact.image(), tag(settings.image(), artifact.revision()), context);
    }

    @Override
    public String save(ImageArtifact artifact, Path file, DeployContext context) {
        String name = settings.image().repository() + ":" + tag(settings.image(), artifact.revision());
        pusher.save(artifact.image(), name, file, context);
        return name;
    }

    /**
     * Registers the next task definitions of the services with this image; where each would be what the service has,
     * nothing is registered. The leading service's comes last, as it records the others.
     */
    EcsRelease register(String image, Revision revision, DeployContext context) {
        return register(image, revision, next -> {}, context);
    }

    /** Asks its registry about an image, beside ECS. */
    private CompletableFuture<PublishedImage> published(ImageReference image, DeployContext context) {
        return CompletableFuture.supplyAsync(() -> published.of(image, context), context.executor());
    }

    /** The same once the image is known to be one that the tasks can run. */
    private EcsRelease checked(
            ImageReference image, CompletableFuture<PublishedImage> there, Revision revision, DeployContext context) {
        return register(image.toString(), revision, next -> check(image, next, there, context), context);
    }

    private void check(
            ImageReference image,
            Map<LiveService, RegisterTaskDefinitionRequest> next,
            CompletableFuture<PublishedImage> there,
            DeployContext context) {
        if (next.entrySet().stream()
                .allMatch(one -> ProcessorCheck.wanted(one.getKey().service(), one.getValue())
                        .isEmpty())) {
            return;
        }
        Set<String> processors = ReleaseHistory.await(there).processors();
        if (processors.isEmpty()) {
            context.output(
                    settings.members().get(0).service(),
                    "for which processors " + image + " is could not be read from its registry");
            return;
        }
        next.forEach((one, definition) ->
                ProcessorCheck.check(one, definition, image.toString(), processors, settings.image()));
    }

    private EcsRelease register(
            String image,
            Revision revision,
            Consumer<Map<LiveService, RegisterTaskDefinitionRequest>> check,
            DeployContext context) {
        List<LiveService> services = ecs.live();
        Map<LiveService, RegisterTaskDefinitionRequest> next = new LinkedHashMap<>();
        services.forEach(one -> next.put(one, definitions.make(one, image, context)));
        if (next.entrySet().stream()
                .allMatch(one -> DefinitionChanges.between(one.getKey().asRequest(), one.getValue())
                        .isEmpty())) {
            return asItIs(services);
        }
        check.accept(next);
        context.cancellation().throwIfCancelled();
        EcsRelease release = new Registrations(next, tags(revision, services.get(0), context)).release(services);
        marks.named(release, context);
        return release;
    }

    private EcsRelease asItIs(List<LiveService> services) {
        LiveService leading = services.get(0);
        return TaskDefinitions.release(
                        leading.live().definition(), leading.live().tags(), settings.members())
                .as(Release.State.LIVE)
                .of(services.stream()
                        .map(one -> part(one, one.service().taskDefinition()))
                        .toList());
    }

    private static EcsRelease.Part part(LiveService one, String arn) {
        return new EcsRelease.Part(one.name(), arn, Optional.of(one.service().taskDefinition()));
    }

    /** What is registered in one push: services of which the next task definition would be the same share one. */
    private final class Registrations {
        private final Map<LiveService, RegisterTaskDefinitionRequest> next;
        private final ReleaseTags tags;
        private final Map<RegisterTaskDefinitionRequest, TaskDefinition> done = new HashMap<>();

        Registrations(Map<LiveService, RegisterTaskDefinitionRequest> next, ReleaseTags tags) {
            this.next = next;
            this.tags = tags;
        }

        EcsRelease release(List<LiveService> services) {
            LiveService leading = services.get(0);
            List<LiveService> others = services.subList(1, services.size());
            Map<String, String> companions = new LinkedHashMap<>();
            others.forEach(one -> companions.put(one.name(), companion(one, leading)));
            RegisterTaskDefinitionRequest request = request(leading, new Companions(companions));
            TaskDefinition lead = ecs.once().register(request);
            EcsRelease release = TaskDefinitions.release(lead, request.tags(), settings.members());
            return release.of(services.stream()
                    .map(one -> part(one, release.part(one.name()).orElseThrow().arn()))
                    .toList());
        }

        /** Family and number of what another service is to run. */
        private String companion(LiveService one, LiveService leading) {
            RegisterTaskDefinitionRequest request = request(one, Companions.NONE);
            return request.equals(request(leading, Companions.NONE))
                    ? Companions.SAME
                    : TaskDefinitions.id(done.computeIfAbsent(request, ecs.once()::register));
        }

        private RegisterTaskDefinitionRequest request(LiveService one, Companions companions) {
            RegisterTaskDefinitionRequest made = Objects.requireNonNull(next.get(one));
            ReleaseTags own = tags.of(one.service().taskDefinition(), companions);
            return made.toBuilder()
                    .tags(Stream.concat(made.tags().stream(), own.toTags().stream())
                            .toList())
                    .build();
        }
    }

    /** The tag that a revision's image is pushed with. */
    static String tag(ImageSettings image, Revision revision) {
        return image.tag().replace("{revision}", revision.shortId());
    }

    /** What is recorded of a revision that is registered now. */
    private static ReleaseTags tags(Revision revision, LiveService leading, DeployContext context) {
        return new ReleaseTags(
                context.application().name(),
                revision.id(),
                context.person(),
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                Release.State.STAGED,
                Optional.empty(),
                Optional.ofNullable(leading.service().serviceArn()),
                Companions.NONE);
    }
}
