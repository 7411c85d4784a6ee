package io.deployflow.benchmark.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.benchmark.AwsJson;
import io.deployflow.benchmark.DeployCommand;
import io.deployflow.benchmark.Run;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Services on a sandbox without containers, in real time, and an application that the command line deploys to them. */
public final class Lane implements AutoCloseable {
    private static final String REPOSITORY = "organization/app";
    private static final String CLUSTER = "app-dev";

    private final SimulatedSandbox sandbox;
    private final Duration ahead;
    private final AwsJson aws;
    private final List<String> services;
    private final Path source;
    private final DeployCommand command;
    private int version;

    /**
     * A deploy that has ended.
     *
     * @param run how it went
     * @param rolledOut when its rollout was decided; {@link Instant#MAX} where there was none
     * @param ended when its process was gone
     * @param calls all that it asked AWS
     */
    public record Deploy(Run run, Instant rolledOut, Instant ended, List<ApiCall> calls) {}

    private Lane(SimulatedSandbox sandbox, Duration ahead, Path root, Path folder, List<String> services)
            throws IOException {
        this.sandbox = sandbox;
        this.ahead = ahead;
        this.services = services;
        this.aws = new AwsJson(sandbox.endpoint(), sandbox.region());
        this.source = Files.createDirectories(folder.resolve("shop"));
        Path file = Files.writeString(folder.resolve("deploy.yml"), text());
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        this.command = new DeployCommand(root.resolve("bin/deployflow"), file, environment, folder.resolve("errors"));
    }

    /**
     * Starts it.
     *
     * @param root the project's
     * @param folder for the application; is made
     * @param desired how many tasks each service has
     */
    public static Lane start(Path root, Path folder, Timings timings, List<String> services, int desired)
            throws IOException {
        return start(root, folder, timings, services, desired, 1);
    }

    /**
     * Starts it.
     *
     * @param root the project's
     * @param folder for the application; is made
     * @param desired how many tasks each service has
     * @param speed how many times as fast as any clock its own goes: for what is counted, and not timed
     */
    public static Lane start(Path root, Path folder, Timings timings, List<String> services, int desired, double speed)
            throws IOException {
        SimulatedSandbox sandbox =
                Sandbox.simulated().clock(timings).speed(speed).start();
        sandbox.addServices(services, desired);
        // The first deployments took no time of this machine: from here on its answers say the time of this one.
        Duration ahead = Duration.between(Instant.now(), sandbox.clock().instant());
        sandbox.skew(ahead.negated());
        return new Lane(sandbox, ahead, root, folder, services);
    }

    private String text() {
        return """
                application: shop
                source: "%s"
                targets:
                  containers:
                    type: ecs
                    region: %s
                    cluster: %s
                    services: %s
                    image:
                      repository: %s
                      build: layers
                      layers: { base: scratch, stack: [ { name: app, from: ["."] } ], command: [shop] }
                    timeout: 10m
                """.formatted(source, sandbox.region(), CLUSTER, services, REPOSITORY);
    }

    /** Deploys a new image whose containers do what the script says. */
    Deploy deploy(Script script) throws IOException {
        return deploy(() -> script);
    }

    /**
     * Deploys a new image.
     *
     * @param each is asked for what each container does
     */
    public Deploy deploy(Supplier<Script> each) throws IOException {
        Files.writeString(source.resolve("version.txt"), "version " + ++version + "\n");
        sandbox.behaveWhenPushed(each);
        aws.sandbox("DELETE", "calls", Map.of());
        Instant[] rolledOut = {Instant.MAX};
        Instant begun = Instant.now();
        Run run = command.run("deploy", "containers", (phase, took) -> {
            if (phase.equals("rollout")) {
                rolledOut[0] = Instant.now();
            }
        });
        return new Deploy(run, rolledOut[0], begun.plus(run.wall()), calls());
    }

    /** The log of calls goes by the sandbox's own clock. */
    private List<ApiCall> calls() {
        return ApiCall.read(aws.sandbox("GET", "calls", Map.of())).stream()
                .map(call -> new ApiCall(call.time().minus(ahead), call.operation()))
                .toList();
    }

    /** Makes calls of an operation fail from now on; {@code *} is any. */
    public void fault(String operation, String kind, int skip, int count) {
        aws.sandbox("POST", "faults", Map.of("operation", operation, "kind", kind, "skip", skip, "count", count));
    }

    /** From now on the last of every so many calls is throttled, to the end. */
    void throttleEvery(int calls) {
        aws.sandbox(
                "POST",
                "faults",
                Map.of("operation", "*", "kind", "throttle", "every", calls, "count", Integer.MAX_VALUE));
    }

    /** From now on no call fails. */
    public void noFaults() {
        aws.sandbox("DELETE", "faults", Map.of());
    }

    /** ECS's own record of the newest deployment of a service. */
    public JsonNode record(String service) {
        String newest = "";
        double created = 0;
        for (JsonNode brief : aws.ecs("ListServiceDeployments", Map.of("cluster", CLUSTER, "service", service))
                .path("serviceDeployments")) {
            if (brief.path("createdAt").asDouble() >= created) {
                created = brief.path("createdAt").asDouble();
                newest = brief.path("serviceDeploymentArn").asText();
            }
        }
        return aws.ecs("DescribeServiceDeployments", Map.of("serviceDeploymentArns", List.of(newest)))
                .path("serviceDeployments")
                .path(0);
    }

    /** When the first task that has stopped was made, of those since then. */
    Instant firstTask(String service, Instant since) {
        return Tasks.first(aws, CLUSTER, service, since);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
