package io.deployflow.sandbox;

import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.simulated.Scripts;
import io.deployflow.sandbox.simulated.SimulatedBalancer;
import io.deployflow.sandbox.simulated.SimulatedClock;
import io.deployflow.sandbox.simulated.SimulatedRegistry;
import io.deployflow.sandbox.simulated.SimulatedRuntime;
import io.deployflow.sandbox.team.Team;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The AWS side of a sandbox without Docker: the real HTTP endpoint, scheduler and API over containers that only do what
 * a {@link Script} says, in time that passes as fast as wanted. A service of a hundred tasks costs nothing.
 *
 * <pre>{@code
 * try (SimulatedSandbox sandbox = Sandbox.simulated().start()) {
 *     sandbox.addService("puma", 2);
 *     String image = sandbox.push("organization/app", "v2", Script.GOOD.exiting(Duration.ofSeconds(3), 1));
 *     updateService(sandbox.endpoint(), image);
 *     sandbox.advance(Duration.ofMinutes(2));
 * }
 * }</pre>
 */
public final class SimulatedSandbox implements AutoCloseable {

    /** Time between two beats: as often as a sandbox with containers observes them on the clock {@code fast}. */
    private static final Duration STEP = Duration.ofMillis(250);

    /** Asking takes a call over HTTP most of the time. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private static final Duration FIRST_DEPLOYMENT = Duration.ofMinutes(10);
    private static final long PACE_MILLIS = 20;

    private final SimulatedClock clock = new SimulatedClock(Instant.now());
    private final Scripts scripts = new Scripts();
    private final SimulatedRegistry registry =
            new SimulatedRegistry((repository, manifest) -> scripts.pushed(manifest.digest()));
    private final SimulatedRuntime runtime = new SimulatedRuntime(clock, scripts, registry);
    private final SimulatedBalancer balancer = new SimulatedBalancer();
    private final SandboxServer server;
    private final Team team;
    private Optional<Ticker> ticker = Optional.empty();
    private long paced;
    private int ports = 80;

    SimulatedSandbox(Timings timings) {
        Ports parts = new Ports(runtime, balancer, runtime, registry);
        this.server =
                SandboxServer.still(new SandboxSettings(0, AwsSide.REGION, AwsSide.ACCOUNT, timings), parts, clock);
        this.team = new Team(server.url(), AwsSide.REGION);
        team.createCluster();
    }

    /** Lets time pass by itself from now on. */
    void run(double speed) {
        paced = System.nanoTime();
        ticker = Optional.of(Ticker.every(PACE_MILLIS, () -> pace(speed)));
    }

    private void pace(double speed) {
        long now = System.nanoTime();
        Duration passed = Duration.ofNanos((long) ((now - paced) * speed));
        paced = now;
        advance(passed);
    }

    /** {@return the control plane, for {@code AWS_ENDPOINT_URL}} */
    public URI endpoint() {
        return server.url();
    }

    /** {@return the region that it stands for} */
    public String region() {
        return AwsSide.REGION;
    }

    /** {@return the variables that point AWS clients at it, by name; the credentials are dummies} */
    public Map<String, String> environment() {
        return AwsSide.environment(endpoint());
    }

    /** {@return its time, which is the time in every answer unless that is {@link #skew set wrong}} */
    public Clock clock() {
        return clock;
    }

    /**
     * Lets time pass; returns when all has happened that happens meanwhile. May be called by many threads and while
     * time passes by itself.
     *
     * @param time how much
     */
    public synchronized void advance(Duration time) {
        Duration left = time;
        while (left.compareTo(Duration.ZERO) > 0) {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            clock.move(step);
            server.beat();
            left = left.minus(step);
        }
    }

    /**
     * Lets time pass until something is so; asks once a second of its time.
     *
     * @param most how long at most
     * @param condition what is waited for
     * @return whether it became so
     */
    public boolean advanceUntil(Duration most, BooleanSupplier condition) {
        Instant end = clock.instant().plus(most);
        while (!condition.getAsBoolean()) {
            if (!clock.instant().isBefore(end)) {
                return false;
            }
            advance(BETWEEN_QUESTIONS);
        }
        return true;
    }

    /**
     * Adds a service behind a load balancer of its own in the cluster {@link Team#CLUSTER}, with the health checks that
     * AWS advises for fast services and the circuit breaker with rollback, and lets time pass until its first
     * deployment is complete. Its task definition, target group and listener have its name.
     *
     * @param name its name
     * @param desired how many tasks
     */
    public void addService(String name, int desired) {
        addServices(List.of(name), desired);
    }

    /**
     * Adds a service as {@link #addService(String, int)} does, with a deployment configuration.
     *
     * @param name its name
     * @param desired how many tasks
     * @param deployment fields of {@code deploymentConfiguration} by their names in ECS's API; with a {@code strategy}
     *     that shifts traffic it gets a second target group and a listener for test traffic
     */
    public void addService(String name, int desired, Map<String, ?> deployment) {
        addServices(List.of(name), desired, deployment);
    }

    /**
     * Adds several services as {@link #addService(String, int)} does, all at once.
     *
     * @param names their names
     * @param desired how many tasks each
     */
    public void addServices(List<String> names, int desired) {
        addServices(names, desired, Map.of());
    }

    private void addServices(List<String> names, int desired, Map<String, ?> deployment) {
        for (String name : names) {
            String image = push(Team.REPOSITORY, "first-" + name, Script.GOOD);
            synchronized (this) {
                team.createService(name, desired, image, ports++, true, deployment);
            }
        }
        for (String name : names) {
            if (!advanceUntil(FIRST_DEPLOYMENT, () -> team.completed(name))) {
                throw new IllegalStateException("the first deployment of " + name + " does not complete");
            }
        }
    }

    /**
     * Pushes an image and says what its containers do.
     *
     * @param repository where to, {@link Team#REPOSITORY} exists already
     * @param tag its tag
     * @param script what they do
     * @return its reference by digest
     */
    public String push(String repository, String tag, Script script) {
        return push(repository, tag, script, List.of(script.equals(Script.OTHER_ARCHITECTURE) ? "arm64" : "amd64"));
    }

    /**
     * Pushes an image for some processors.
     *
     * @param repository where to, {@link Team#REPOSITORY} exists already
     * @param tag its tag
     * @param script what its containers do
     * @param processors what it is for, such as {@code amd64}
     * @return its reference by digest
     */
    public String push(String repository, String tag, Script script, List<String> processors) {
        String image = registry.push(repository, tag, processors);
        behave(image, script);
        return image;
    }

    /**
     * Says what the containers of an image do that start from now on; until then they do {@link Script#GOOD}.
     *
     * @param image a reference as the task definition has it; one of the registry by its digest
     * @param script what they do
     */
    public void behave(String image, Script script) {
        behave(image, () -> script);
    }

    /**
     * Says what the containers of an image do that start from now on, each of its own.
     *
     * @param image a reference as the task definition has it; one of the registry by its digest
     * @param each is asked whenever a container starts
     */
    public void behave(String image, Supplier<Script> each) {
        scripts.put(image, each);
    }

    /**
     * Says what the containers of images do that are pushed over the network from now on.
     *
     * @param script what they do
     */
    public void behaveWhenPushed(Script script) {
        behaveWhenPushed(() -> script);
    }

    /**
     * Says what the containers of images do that are pushed over the network from now on, each of its own.
     *
     * @param each is asked whenever a container starts
     */
    public void behaveWhenPushed(Supplier<Script> each) {
        scripts.next(each);
    }

    /** {@return the registry, {@code host:port}, which takes pushes; ECR gives its password} */
    public String registry() {
        return registry.endpoint();
    }

    /**
     * Sets the clock of every answer wrong; containers keep their own.
     *
     * @param fast how far it is fast; negative makes it slow
     */
    public void skew(Duration fast) {
        server.clock().skew(fast);
    }

    /** {@return where requests would go: backends by listener, in the order in which the listeners were opened} */
    public Map<String, List<Backend>> routes() {
        return balancer.routes();
    }

    @Override
    public void close() {
        ticker.ifPresent(Ticker::close);
        server.close();
        registry.close();
    }
}
