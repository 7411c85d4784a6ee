package io.deployflow.ecs;

import io.deployflow.ImageArtifact;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.Poller;

/** Deploys to services of Amazon ECS: builds an image, pushes it to a registry, rolls it out. */
public final class EcsAdapter implements DeployAdapter<EcsSettings> {
    private final Poller pace;

    /** As the service loader makes it. */
    public EcsAdapter() {
        this(ServiceWatcher.PACE);
    }

    EcsAdapter(Poller pace) {
        this.pace = pace;
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
    public Pipeline<?, ?> open(EcsSettings settings, DeployContext context) {
        return pipeline(settings, context);
    }

    Pipeline<ImageArtifact, EcsRelease> pipeline(EcsSettings settings, DeployContext context) {
        AwsClients clients = new AwsClients(settings);
        DockerEngine engine = new DockerEngine();
        EcsGateway ecs = new EcsGateway(clients, settings);
        ImageRegistry registry = new ImageRegistry(clients, settings.image(), engine, context.clock());
        return new Pipeline<>(
                new DockerfileBuild(
                        settings.image(),
                        engine,
                        new CacheImages(settings.image().cacheFrom(), registry)),
                new ReleasePush(settings, ecs, new ImagePusher(engine, registry)),
                new EcsRollout(settings, clients, ecs, registry, pace),
                () -> {
                    engine.close();
                    clients.close();
                });
    }
}
