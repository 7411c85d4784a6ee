package io.deployflow.benchmark.claims;

import io.deployflow.DeployException;
import io.deployflow.DeployFile;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The connects of a deploy alone: what a deploy to many hosts fails by, where connects fail. It takes a tenth of a
 * deploy, so that it can be repeated until the failures are a rate.
 *
 * @param swarm the hosts
 * @param source what would be deployed
 * @param place for files
 */
record Connects(Swarm swarm, Source source, Path place) {
    private static final String ONCE = "connect_retries: 0";

    /**
     * Connects to every host, as the way's deploy begins.
     *
     * @return why that failed, if so
     */
    Optional<String> failure(Case one) throws IOException {
        return one.way().equals(Ways.MODEL)
                ? new CapistranoWay(swarm.identity(), source.directory(), swarm.pathOnHosts("model"))
                        .connect(swarm.hosts(one.units()))
                : ours(deployFile(one));
    }

    /** This project's: the first phase of a deploy, which a plan consists of. */
    private static Optional<String> ours(Path file) {
        try (Deployer deployer =
                Deployer.builder().deployFile(DeployFile.read(file)).build()) {
            deployer.plan("many", DeployOptions.defaults());
            return Optional.empty();
        } catch (DeployException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** For this project's deploys: with its retries or without. */
    Path deployFile(Case one) throws IOException {
        String setting = one.way().equals(Ways.ONCE) ? ONCE : "";
        return Files.writeString(place.resolve("many.yml"), swarm.deployFile(one.units(), source.directory(), setting));
    }
}
