package io.deployflow.ecs;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.PullResponseItem;
import io.deployflow.CancellationToken;
import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.flow.FlowException;
import io.deployflow.flow.ServiceSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes the containers of a flow's services; each carries its run's id as a label. */
final class ServiceContainers {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceContainers.class);
    private static final String RUN = "io.deployflow.flow.run";
    private static final String SERVICE = "io.deployflow.flow.service";

    private final DockerClient client;

    ServiceContainers(DockerClient client) {
        this.client = client;
    }

    /** Makes one, and starts it. */
    ServiceContainer start(
            String run,
            String name,
            ServiceSettings settings,
            Consumer<String> output,
            CancellationToken cancellation) {
        pullIfMissing(settings.image(), output, cancellation);
        int port = settings.port().orElseGet(() -> declaredPort(settings.image()));
        try {
            String id = command(run, name, settings, port).exec().getId();
            ServiceContainer container = new ServiceContainer(client, id, port);
            try {
                client.startContainerCmd(id).exec();
                return container;
            } catch (RuntimeException e) {
                container.close();
                throw e;
            }
        } catch (DockerException e) {
            throw new FlowException(
                    "service '" + name + "' cannot be started: " + e.getMessage(),
                    "Look at the image " + settings.image() + " and its command.",
                    null,
                    e);
        }
    }

    private CreateContainerCmd command(String run, String name, ServiceSettings settings, int port) {
        ExposedPort exposed = ExposedPort.tcp(port);
        CreateContainerCmd command = client.createContainerCmd(settings.image())
                .withLabels(Map.of(RUN, run, SERVICE, name))
                .withEnv(settings.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList())
                .withExposedPorts(exposed)
                // A port that the engine picks, for this machine alone: runs beside each other do not meet.
                .withHostConfig(HostConfig.newHostConfig()
                        .withInit(true)
                        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), exposed)));
        return settings.command().isEmpty() ? command : command.withCmd(settings.command());
    }

    private void pullIfMissing(String image, Consumer<String> output, CancellationToken cancellation) {
        try {
            client.inspectImageCmd(image).exec();
        } catch (NotFoundException e) {
            LOG.debug("{} is not there yet", image, e);
            output.accept("pulling " + image);
            pull(ImageReference.parse(image), cancellation);
        }
    }

    private void pull(ImageReference image, CancellationToken cancellation) {
        PullImageCmd command = client.pullImageCmd(image.repository()).withTag(image.version());
        DockerConfig.ofThisMachine()
                .login(image.registry().orElse("docker.io"))
                .map(login -> new AuthConfig()
                        .withUsername(login.user())
                        .withPassword(login.password().reveal()))
                .ifPresent(command::withAuthConfig);
        EngineCalls.run(
                "pulling " + image,
                new ResultCallback.Adapter<PullResponseItem>(),
                command::exec,
                cancellation,
                FlowException::new);
    }

    private int declaredPort(String image) {
        InspectImageResponse found = client.inspectImageCmd(image).exec();
        return Optional.ofNullable(found.getConfig())
                .flatMap(config -> Optional.ofNullable(config.getExposedPorts()))
                .stream()
                .flatMap(Stream::of)
                .mapToInt(ExposedPort::getPort)
                .min()
                .orElseThrow(() -> new FlowException(
                        "the image " + image + " does not say which port it listens on", "Set 'port' of the service."));
    }

    /** Removes every container of a run. */
    void removeAll(String run) {
        client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(RUN, run))
                .exec()
                .forEach(container -> new ServiceContainer(client, container.getId(), 0).close());
    }
}
