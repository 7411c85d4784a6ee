package io.deployflow.ecs;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Ports;
import io.deployflow.CancellationToken;
import io.deployflow.flow.FlowException;
import io.deployflow.spi.ServiceEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One container of a flow's service.
 *
 * @param client the engine
 * @param id the container's
 * @param inside the port that it listens on
 */
record ServiceContainer(DockerClient client, String id, int inside) implements ServiceEngine.Service {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceContainer.class);
    private static final String HOST = "127.0.0.1";
    private static final int LAST = 30;
    private static final int CONNECT_MILLIS = 1000;
    /** The engine's proxy accepts before the service listens, and hangs up then. */
    private static final int HANGS_UP_MILLIS = 200;

    private static final long SECONDS = 10;

    @Override
    public String host() {
        return HOST;
    }

    @Override
    public int port() {
        Ports.Binding[] bindings =
                inspect().getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(inside));
        if (bindings == null || bindings.length == 0) {
            throw new FlowException("the engine published no port of container " + id, "");
        }
        return Integer.parseInt(bindings[0].getHostPortSpec());
    }

    /** Whether it can be used, by a command in it, or else by its port. */
    boolean isReady(Optional<String> health, CancellationToken cancellation) {
        return health.map(command -> succeeds(command, cancellation)).orElseGet(this::answers);
    }

    /** Its exit status, if it has ended. */
    Optional<Long> exitStatus() {
        InspectContainerResponse.ContainerState state = inspect().getState();
        return Boolean.TRUE.equals(state.getRunning())
                ? Optional.empty()
                : Optional.ofNullable(state.getExitCodeLong());
    }

    private boolean succeeds(String command, CancellationToken cancellation) {
        String exec = client.execCreateCmd(id)
                .withCmd("/bin/sh", "-c", command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        EngineCalls.run(
                "the health check",
                new ResultCallback.Adapter<Frame>(),
                client.execStartCmd(exec)::exec,
                cancellation,
                FlowException::new);
        Long status = client.inspectExecCmd(exec).exec().getExitCodeLong();
        return status != null && status == 0;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), CONNECT_MILLIS);
            socket.setSoTimeout(HANGS_UP_MILLIS);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true; // It waits for us to speak first.
        } catch (IOException e) {
            LOG.trace("{} does not listen yet", id, e);
            return false;
        }
    }

    @Override
    public List<String> lastOutput() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        ResultCallback.Adapter<Frame> listener = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                new String(frame.getPayload(), StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        };
        try (listener) {
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(LAST)
                    .exec(listener);
            listener.awaitCompletion(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the engine's answer could not be closed", e);
        }
        return List.copyOf(lines);
    }

    private InspectContainerResponse inspect() {
        return client.inspectContainerCmd(id).exec();
    }

    @Override
    public void close() {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            LOG.debug("container {} is gone already", id, e);
        }
    }
}
