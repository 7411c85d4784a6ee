package io.deployflow.ecs;

import com.github.dockerjava.api.exception.DockerException;
import io.deployflow.CancellationToken;
import io.deployflow.DeployException;
import io.deployflow.flow.FlowException;
import io.deployflow.flow.ServiceSettings;
import io.deployflow.spi.Poller;
import io.deployflow.spi.ServiceEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the services of a flow as containers of the Docker engine. Their ports are published on 127.0.0.1 and picked
 * free, so the engine must be on this machine.
 */
public final class DockerServiceEngine implements ServiceEngine {
    private static final Logger LOG = LoggerFactory.getLogger(DockerServiceEngine.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final DockerEngine engine = new DockerEngine();

    /** Found by the service loader; the engine is reached when it is first needed. */
    public DockerServiceEngine() {}

    @Override
    public Service start(
            String run,
            String name,
            ServiceSettings settings,
            Consumer<String> output,
            CancellationToken cancellation) {
        ServiceContainer container =
                new ServiceContainers(engine.client()).start(run, name, settings, output, cancellation);
        try {
            await(container, name, settings, cancellation);
            return container;
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    private static void await(
            ServiceContainer container, String name, ServiceSettings settings, CancellationToken cancellation) {
        Optional<String> end = Poller.every(LOOK)
                .ask(
                        settings.within(),
                        cancellation,
                        () -> container
                                .exitStatus()
                                .map(status -> "ended with exit status " + status)
                                .or(() -> container.isReady(settings.health(), cancellation)
                                        ? Optional.of("")
                                        : Optional.empty()));
        String problem = end.orElseGet(() -> "could not be used within "
                + settings.within().toSeconds() + " s"
                + settings.health()
                        .map(command -> ": '" + command + "' never succeeded")
                        .orElse(""));
        if (!problem.isEmpty()) {
            throw new FlowException(
                    "service '" + name + "' " + problem + "\n" + String.join("\n", container.lastOutput()),
                    "Look at its image, environment and health, or allow more time: within.");
        }
    }

    @Override
    public void removeAll(String run) {
        try {
            new ServiceContainers(engine.client()).removeAll(run);
        } catch (DeployException | DockerException e) {
            LOG.debug("the containers of run {} were not looked for", run, e);
        }
    }
}
