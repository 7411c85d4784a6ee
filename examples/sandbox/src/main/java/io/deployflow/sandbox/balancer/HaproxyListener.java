package io.deployflow.sandbox.balancer;

import io.deployflow.sandbox.docker.Await;
import io.deployflow.sandbox.docker.ContainerSettings;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.RunningContainer;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.port.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One listener: an HAProxy container on the machine's own network, bound to 127.0.0.1. */
final class HaproxyListener implements AutoCloseable {
    private static final int SLOTS = 64;
    private static final int ATTEMPTS = 3;
    private static final Duration START = Duration.ofSeconds(20);

    private final HaproxyConfig config;
    private final RunningContainer container;
    private final ServerSlots slots = new ServerSlots(SLOTS);

    private HaproxyListener(HaproxyConfig config, RunningContainer container) {
        this.config = config;
        this.container = container;
    }

    /**
     * Opens the listener. A free port may be taken by someone else before HAProxy has it: then others are tried.
     *
     * @throws SandboxException when HAProxy does not come up; with what it said
     */
    static HaproxyListener open(Engine engine, String image, String name, int wantedPort) {
        String said = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = attempt == 0 ? FreePort.near(wantedPort) : FreePort.any();
            HaproxyConfig config = new HaproxyConfig(port, FreePort.any(), SLOTS);
            RunningContainer container = engine.run(new ContainerSettings(
                    "balancer-" + name, image, Map.of("HAPROXY_CONFIG", config.text()), List.of(), true));
            if (comesUp(container, config.adminPort())) {
                return new HaproxyListener(config, container);
            }
            said = container.log();
            container.close();
        }
        throw new SandboxException("The load balancer does not come up on 127.0.0.1. It needs an engine on this machine"
                + " whose containers can use its network (`docker run --network host`). HAProxy said: " + said);
    }

    private static boolean comesUp(RunningContainer container, int adminPort) {
        return Await.until(START, () -> accepts(adminPort) || !container.isRunning()) && container.isRunning();
    }

    int port() {
        return config.port();
    }

    synchronized void route(List<Backend> backends) {
        new RuntimeApi(config.adminPort()).change(slots.change(backends));
    }

    @Override
    public void close() {
        container.close();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
