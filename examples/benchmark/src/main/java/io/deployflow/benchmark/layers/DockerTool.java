package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code docker build} and {@code docker push}; a fresh machine pulls the image before, for its layers. */
final class DockerTool implements ImageTool {
    private final Bench bench;
    private final Path source;

    DockerTool(Bench bench, Path source) {
        this.bench = bench;
        this.source = source;
    }

    @Override
    public String name() {
        return "docker build + push";
    }

    private String image() {
        return bench.registry() + "/bench/docker:latest";
    }

    @Override
    public void forget() {
        Timed ids = sh(
                "docker image ls --format '{{.ID}}' --filter reference='" + bench.registry() + "/bench/*' | sort -u");
        if (!ids.output().isBlank()) {
            sh("docker image rm -f " + ids.output().replaceAll("\\s+", " "));
        }
    }

    @Override
    public Timed buildAndPush(Scenario scenario) {
        String build = "docker build -q -t " + image();
        String push = " && docker push -q " + image();
        return scenario == Scenario.WARM
                ? sh(build + " " + source + push)
                : sh("docker pull -q " + image() + " && " + build + " --cache-from " + image() + " " + source + push);
    }

    private Timed sh(String line) {
        return TimedCommand.run(
                List.of("sh", "-c", line),
                Map.of("DOCKER_CONFIG", bench.dockerConfig().toString(), "DOCKER_BUILDKIT", "0"));
    }
}
