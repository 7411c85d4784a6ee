package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code docker build} and {@code docker push}; a fresh machine pulls the image before, for its layers.
 *
 * @param bench where
 * @param source what is built
 * @param buildKit whether by BuildKit, which sends the engine only the files that changed, instead of the builder that
 *     engines before 23 use by themselves
 */
record DockerTool(Bench bench, Path source, boolean buildKit) implements ImageTool {
    static final String NAME = "docker build + push";
    static final String BUILDKIT_NAME = "docker build (BuildKit) + push";

    @Override
    public String title() {
        return buildKit ? BUILDKIT_NAME : NAME;
    }

    /**
     * BuildKit where the command {@code docker buildx} is there, and not on a fresh machine: what it has cached is
     * everybody's on this one, and not for a benchmark to remove.
     */
    @Override
    public boolean takesPart(Scenario scenario) {
        return !buildKit
                || (scenario != Scenario.COLD && sh("docker buildx version").status() == 0);
    }

    private String image() {
        return bench.registry() + "/bench/" + (buildKit ? "buildkit" : "docker") + ":latest";
    }

    @Override
    public void forget() {
        bench.removeImages();
    }

    @Override
    public Timed buildAndPush(Scenario scenario) {
        String build = "docker build -q -t " + image();
        String push = " && docker push -q " + image();
        return scenario != Scenario.COLD
                ? sh(build + " " + source + push)
                : sh("docker pull -q " + image() + " && " + build + " --cache-from " + image() + " " + source + push);
    }

    private Timed sh(String line) {
        return TimedCommand.run(
                List.of("sh", "-c", line),
                Map.of("DOCKER_CONFIG", bench.dockerConfig().toString(), "DOCKER_BUILDKIT", buildKit ? "1" : "0"));
    }
}
