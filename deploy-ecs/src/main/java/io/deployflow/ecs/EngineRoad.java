package io.deployflow.ecs;

import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.ecs.internal.registry.DockerConfig;
import java.util.List;

/** An image by the Docker engine: it builds from the Dockerfile, and it pushes. */
final class EngineRoad {
    private static final String LOCAL = "local";

    private EngineRoad() {}

    /** Nothing is asked of the engine before something is built. */
    static ImageRoad of(ImageSettings settings, DockerEngine engine, ImageRegistry registry) {
        return new ImageRoad(
                new DockerfileBuild(
                        settings,
                        engine,
                        new CacheImages(settings.cacheFrom(), registry),
                        new BuildxBuild(
                                settings,
                                "docker",
                                new BuildxLogins(settings.cacheFrom(), registry)::of,
                                DockerConfig.ofThisMachine())),
                new ImagePusher(engine, registry),
                plan(settings),
                engine::close);
    }

    /** The commands that would do the same. */
    static ImagePlan plan(ImageSettings settings) {
        return (image, context) -> new ImagePlan.Preview(
                List.of(),
                List.of(
                        new Plan.Step(Phase.BUILD, LOCAL, buildCommand(settings, image)),
                        new Plan.Step(Phase.PUSH, LOCAL, "docker push " + image)));
    }

    private static String buildCommand(ImageSettings settings, ImageReference image) {
        return "docker build --file " + settings.dockerfile()
                + settings.target().map(stage -> " --target " + stage).orElse("")
                + settings.platform().map(platform -> " --platform " + platform).orElse("")
                + " --tag " + image + " .";
    }
}
