package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.ImageArtifact;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Deploys to services of Amazon ECS: builds an image, pushes it to a registry, rolls it out. */
public final class EcsAdapter implements DeployAdapter<EcsSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(EcsAdapter.class);

    private final Pace pace;
    private final RateLimiter limiter;
    private final AwsClients.Manners manners;

    // By the object: to compare records, Java makes code when that first happens.
    private final Map<EcsSettings, LayersAhead> begun = Collections.synchronizedMap(new IdentityHashMap<>());

    /** As the service loader makes it. */
    public EcsAdapter() {
        this(Pace.REAL, RateLimiter.SHARED);
    }

    EcsAdapter(Pace pace, RateLimiter limiter) {
        this(pace, limiter, AwsClients.Manners.USUAL);
    }

    EcsAdapter(Pace pace, RateLimiter limiter, AwsClients.Manners manners) {
        this.pace = pace;
        this.limiter = limiter;
        this.manners = manners;
    }

    @Override
    public String type() {
        return "ecs";
    }

    @Override
    public Class<EcsSettings> settings() {
        return EcsSettings.class;
    }

    @Override
    public void prepareBuild(EcsSettings settings) {
        LayersAhead.begin(settings.image()).ifPresent(ahead -> {
            LayersAhead before = begun.put(settings, ahead);
            if (before != null) {
                before.close();
            }
        });
    }

    @Override
    public Pipeline<?, ?> open(EcsSettings settings, DeployContext context) {
        return pipeline(settings, context);
    }

    Pipeline<ImageArtifact, EcsRelease> pipeline(EcsSettings settings, DeployContext context) {
        AwsClients clients = new AwsClients(settings, List.of(limiter, new CallCounter(context)), manners);
        EcsGateway ecs = new EcsGateway(clients, settings);
        ImageRegistry registry = new ImageRegistry(clients, settings.image(), context.clock());
        Optional<LayersAhead> ahead = Optional.ofNullable(begun.remove(settings));
        ImageRoad road = settings.image()
                .layers()
                .map(layers -> LayersRoad.of(
                        layers,
                        registry,
                        images(settings, ecs),
                        () -> containers(settings, ecs, context),
                        ahead.map(one -> one.open(context)).orElseGet(() -> LayersRoad.http(registry, context)),
                        context))
                .orElseGet(() -> EngineRoad.of(settings.image(), new DockerEngine(), registry));
        return new Pipeline<>(
                road.build(),
                new ReleasePush(settings, ecs, road.push(), registry),
                new EcsRollout(settings, clients, ecs, registry, road.plan(), pace),
                () -> {
                    road.end().run();
                    ahead.ifPresent(LayersAhead::close);
                    clients.close();
                });
    }

    /** What 'cache_from' names, and what the leading service runs. */
    private static ImagesThere.Names images(EcsSettings settings, EcsGateway ecs) {
        return new ImagesThere.Names(settings.image().cacheFrom(), () -> live(ecs));
    }

    /** Where it cannot be told, as for a build alone, 'cache_from' is left. */
    private static Optional<String> live(EcsGateway ecs) {
        try {
            return ecs.live().stream()
                    .findFirst()
                    .map(one -> TaskDefinitions.container(
                                    one.live().definition(), one.member().container())
                            .image());
        } catch (DeployException e) {
            LOG.debug("it is not known what serves", e);
            return Optional.empty();
        }
    }

    /** Those that the image comes to run in, as they will be; none where it cannot be told, as for a build alone. */
    private static List<ContainerDefinition> containers(EcsSettings settings, EcsGateway ecs, DeployContext context) {
        NextTaskDefinition next = new NextTaskDefinition(settings);
        try {
            return ecs.live().stream()
                    .map(one -> TaskDefinitions.container(
                            "the task definition",
                            next.make(one, settings.image().repository(), context)
                                    .containerDefinitions(),
                            one.member().container()))
                    .toList();
        } catch (DeployException e) {
            LOG.debug("it is not known what the containers start", e);
            return List.of();
        }
    }
}
