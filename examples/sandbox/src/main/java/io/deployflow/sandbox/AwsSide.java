package io.deployflow.sandbox;

import io.deployflow.sandbox.balancer.FreePort;
import io.deployflow.sandbox.balancer.HaproxyBalancer;
import io.deployflow.sandbox.docker.DockerRuntime;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.PushedImage;
import io.deployflow.sandbox.docker.SandboxImage;
import io.deployflow.sandbox.registry.RegistryContainer;
import io.deployflow.sandbox.team.Team;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The control plane with its data plane, and what the team has there. */
final class AwsSide {
    static final String REGION = "ap-northeast-1";
    static final String ACCOUNT = "123456789012";
    /** AWS's own delays make a first deployment take most of a minute. */
    private static final Duration FIRST_DEPLOYMENT = Duration.ofMinutes(4);

    private final RegistryContainer registry;
    private final SandboxServer server;
    private final Timings timings;
    private Optional<URI> loadBalancerUrl = Optional.empty();

    private AwsSide(RegistryContainer registry, SandboxServer server, Timings timings) {
        this.registry = registry;
        this.server = server;
        this.timings = timings;
    }

    /**
     * Starts registry and control plane, and sets up the cluster; with a service deployed as configured when asked for.
     */
    static AwsSide start(Engine engine, ImageStore images, Timings timings, Optional<Map<String, ?>> service) {
        RegistryContainer registry = RegistryContainer.start(engine, images);
        DockerRuntime runtime = new DockerRuntime(engine, registry.login());
        Ports ports = new Ports(runtime, new HaproxyBalancer(engine, images), new HttpHealthProbe(), registry);
        SandboxServer server = SandboxServer.start(new SandboxSettings(0, REGION, ACCOUNT, timings), ports);
        engine.stopFirst(runtime::close);
        engine.stopFirst(server::close);
        AwsSide side = new AwsSide(registry, server, timings);
        side.setUp(images, service);
        return side;
    }

    private void setUp(ImageStore images, Optional<Map<String, ?>> service) {
        Team team = new Team(server.url(), REGION);
        team.createCluster();
        if (service.isPresent()) {
            PushedImage first = images.push(SandboxImage.PLACEHOLDER, registry.login(), Team.REPOSITORY, "placeholder");
            int port = team.createService(first.reference(), FreePort.any(), timings.factor() != 1, service.get());
            team.awaitSteady(FIRST_DEPLOYMENT);
            loadBalancerUrl = Optional.of(URI.create("http://127.0.0.1:" + port));
        }
    }

    /** The variables that point AWS clients at an endpoint. */
    static Map<String, String> environment(URI endpoint) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint.toString(),
                "AWS_REGION",
                REGION,
                "AWS_DEFAULT_REGION",
                REGION,
                "AWS_ACCESS_KEY_ID",
                "sandbox",
                "AWS_SECRET_ACCESS_KEY",
                "sandbox");
    }

    Timings timings() {
        return timings;
    }

    URI endpoint() {
        return server.url();
    }

    String registry() {
        return registry.endpoint();
    }

    Optional<URI> loadBalancerUrl() {
        return loadBalancerUrl;
    }
}
