package io.deployflow.ecs;

import io.deployflow.ImageArtifact;
import io.deployflow.ecs.internal.layers.BaseReference;
import io.deployflow.ecs.internal.layers.ImageCache;
import io.deployflow.ecs.internal.registry.Pause;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.ecs.internal.registry.RepositoryName;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** An image without an engine: files in layers, sent by the registry's own API. */
final class LayersRoad {
    private static final long DEFAULT_MEGABYTES = 2048;
    private static final int MEGABYTE = 20;

    private LayersRoad() {}

    /**
     * Nothing is asked of anybody before something is built.
     *
     * @param images whose layers need not be made
     * @param containers that the image comes to run in; none where they are not known
     * @param http is closed with it
     */
    static ImageRoad of(
            LayersSettings settings,
            ImageRegistry registry,
            ImagesThere.Names images,
            Supplier<List<ContainerDefinition>> containers,
            RegistryHttp http,
            DeployContext context) {
        Lazy<LayersBuild> build = new Lazy<>(() -> build(settings, registry, images, containers, http, context));
        Lazy<LayersPush> push = new Lazy<>(() -> new LayersPush(build.get()));
        return new ImageRoad(
                new BuildStrategy<>() {
                    @Override
                    public void prepare(DeployContext ahead) {
                        build.get().prepare(ahead);
                    }

                    @Override
                    public ImageArtifact build(DeployContext phase) {
                        return build.get().build(phase);
                    }
                },
                new ImagePush() {
                    @Override
                    public PushedImage push(String id, String tag, DeployContext phase) {
                        return push.get().push(id, tag, phase);
                    }

                    @Override
                    public void save(String id, String name, Path file, DeployContext phase) {
                        push.get().save(id, name, file, phase);
                    }
                },
                (image, phase) -> new LayersPlan(build.get()).preview(image, phase),
                http::close);
    }

    private static LayersBuild build(
            LayersSettings settings,
            ImageRegistry registry,
            ImagesThere.Names images,
            Supplier<List<ContainerDefinition>> containers,
            RegistryHttp http,
            DeployContext context) {
        BaseReference base = base(settings.base());
        Lazy<RegistryRepository> target = new Lazy<>(() -> target(http, registry.repository(), base));
        return new LayersBuild(
                settings,
                registry,
                target,
                base,
                RegistryRepository.pulling(http, base.repository()),
                cache(settings.cache(), context.workDirectory()),
                new ImagesThere(images, target, registry),
                containers);
    }

    private static ImageCache cache(Optional<LayersSettings.Cache> settings, Path spare) {
        Path directory = settings.flatMap(LayersSettings.Cache::directory).orElseGet(LayersRoad::directory);
        long megabytes = settings.map(LayersSettings.Cache::megabytes).orElse(DEFAULT_MEGABYTES);
        return new ImageCache(directory, spare, megabytes << MEGABYTE);
    }

    private static Path directory() {
        Map<String, String> environment = System.getenv();
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        return Path.of(
                caches.isEmpty() ? System.getProperty("user.home", ".") + "/.cache" : caches, "deployflow", "images");
    }

    /** How requests are sent for one deploy. */
    static RegistryHttp http(ImageRegistry registry, DeployContext context) {
        return new RegistryHttp(registry::login, context.cancellation(), Pause.real(), context::asked);
    }

    /** The repository that the image goes to. */
    static RegistryRepository target(RegistryHttp http, ImageReference repository, BaseReference base) {
        return RegistryRepository.pushing(http, ImageRegistry.repositoryName(repository), List.of(base.repository()));
    }

    /** The base image that a setting names. */
    static BaseReference base(String text) {
        ImageReference reference = ImageReference.parse(text);
        RepositoryName repository = ImageRegistry.repositoryName(reference);
        return new BaseReference(text, repository, reference.tag(), reference.digest());
    }
}
