package io.deployflow.sandbox.scheduler;

import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.elb.Forward;
import io.deployflow.sandbox.elb.HealthCheckSettings;
import io.deployflow.sandbox.elb.Listener;
import io.deployflow.sandbox.elb.TargetGroup;
import io.deployflow.sandbox.elb.TargetHealth;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.ContainerSpec;
import io.deployflow.sandbox.port.ContainerStatus;
import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.port.ContainerStatus.State;
import io.deployflow.sandbox.port.HealthProbe.Result;
import io.deployflow.sandbox.port.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One service in virtual time: on AWS's clock a second a step. Containers take a few seconds to start and to stop. What
 * one does is its image: {@code good}, {@code sick} (answers 500), {@code crash} (exits), {@code absent} (cannot be
 * pulled).
 */
final class Simulation implements Facts {

    static final String GROUP = "arn:aws:elasticloadbalancing:r:a:targetgroup/puma/1";
    static final String ALTERNATE = "arn:aws:elasticloadbalancing:r:a:targetgroup/puma/2";
    static final TrafficRoute ROUTE = new TrafficRoute(
            "arn:aws:listener-rule/app/prod/dorp",
            Optional.of("arn:aws:listener-rule/app/test/tset"),
            GROUP,
            ALTERNATE);

    final ServiceScheduler scheduler;
    final Capacity capacity = new Capacity("i-1");
    final Set<String> ringing = new HashSet<>();
    private final Set<String> doomed = new HashSet<>();
    final Map<Stage, HookStatus> hooks = new EnumMap<>(Stage.class);
    private final boolean balanced;
    private final Random random;
    private final Ids ids;
    private final Timings timings;
    private final Duration beat;
    private final Balancing balancing;
    private final Map<String, Container> containers = new HashMap<>();
    private Instant now = Instant.EPOCH;

    Simulation(ServiceRules rules, boolean balanced, long seed) {
        this(rules, balanced, seed, Timings.AWS);
    }

    /** On either clock; on one that is faster what happens is seen more often, as a sandbox does. */
    Simulation(ServiceRules rules, boolean balanced, long seed, Timings timings) {
        this.timings = timings;
        this.beat = timings.equals(Timings.AWS) ? Duration.ofSeconds(1) : Duration.ofMillis(250);
        this.balancing = new Balancing(timings);
        this.random = new Random(seed);
        this.ids = new Ids(random);
        this.balanced = balanced;
        this.scheduler = new ServiceScheduler("puma", rules, capacity, timings, ids);
        HealthCheckSettings check = new HealthCheckSettings(
                "/health", "traffic-port", Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 2, "200");
        for (String arn : List.of(GROUP, ALTERNATE)) {
            TargetGroup group = new TargetGroup(arn, "puma", Map.of(), check);
            group.attributes().put(TargetGroup.DEREGISTRATION_DELAY, "10");
            balancing.groups().put(arn, group);
        }
        listen("arn:aws:listener/app/prod", 80);
        listen("arn:aws:listener/app/test", 81);
    }

    private void listen(String arn, int port) {
        balancing.listeners().put(arn, new Listener(arn, "lb", "l" + port, "HTTP", port, GROUP));
    }

    /** A container and when it starts and ends. */
    private record Container(String image, int port, Instant startsAt, Instant endsAt) {

        Container endingAt(Instant when) {
            return new Container(image, port, startsAt, when);
        }
    }

    Deployment deploy(String image) {
        ContainerSpec spec = new ContainerSpec(
                "app",
                image,
                List.of(),
                List.of(),
                Map.of(),
                List.of(3000),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                0);
        List<TargetPort> targets = balanced ? List.of(new TargetPort(nextGroup(), "app", 3000)) : List.of();
        TaskPlan plan = new TaskPlan(
                "arn:aws:ecs:r:a:task-definition/puma:" + image,
                List.of(new PlannedContainer(spec, image, true)),
                targets,
                Duration.ofSeconds(30),
                new Demand(256, 512),
                Resources.NONE,
                Map.of());
        return scheduler.deploy(ids.number(), plan, now);
    }

    private String nextGroup() {
        return ROUTE.groupFor(
                scheduler.lastCompleted().map(Deployment::plan),
                scheduler.rules().strategy().staged());
    }

    /** The groups that get production traffic, with their weights. */
    Map<String, Integer> production() {
        return balancing.forward(ROUTE.productionRule()).orElseThrow().weights();
    }

    /** Healthy tasks in the groups that get production traffic. */
    long serving() {
        return scheduler.tasks().stream()
                .filter(this::healthy)
                .filter(task ->
                        task.targets().stream().anyMatch(target -> production().getOrDefault(target.groupArn(), 0) > 0))
                .count();
    }

    /** One second passes; on a faster clock, less. */
    void step() {
        now = now.plus(beat);
        for (Balancing.Check check : balancing.dueChecks(now)) {
            balancing.checked(check.target(), answer(check.target()));
        }
        for (Action action : scheduler.tick(this)) {
            execute(action);
        }
    }

    /** Seconds pass until something is so; at most an hour. */
    boolean runUntil(BooleanSupplier condition) {
        for (int second = 0; second < 3600 && !condition.getAsBoolean(); second++) {
            step();
        }
        return condition.getAsBoolean();
    }

    void run(int seconds) {
        for (int second = 0; second < seconds; second++) {
            step();
        }
    }

    /** Ends the containers of a task. */
    void crash(Task task) {
        containers.computeIfPresent(task.id(), (id, container) -> container.endingAt(now));
    }

    /** Ends the containers of a task three seconds after they have started. */
    void crashWhenStarted(Task task) {
        doomed.add(task.id());
    }

    boolean healthy(Task task) {
        return new TaskHealth(timings).healthy(task, this);
    }

    long healthyTasks() {
        return scheduler.tasks().stream().filter(this::healthy).count();
    }

    List<Task> live() {
        return scheduler.tasks().stream().filter(Task::live).toList();
    }

    /** Event texts, the oldest first, without task ids. */
    List<String> events() {
        List<String> events = new ArrayList<>();
        scheduler.events().forEach(event -> events.add(event.message().replaceAll("task [0-9a-f]{32}", "task T")));
        Collections.reverse(events);
        return events;
    }

    ServiceDeployment lastServiceDeployment() {
        List<ServiceDeployment> history = scheduler.history();
        return history.get(history.size() - 1);
    }

    boolean ended() {
        return !lastServiceDeployment().status().inFlight();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Preparation prepare(Task task) {
        return Preparation.READY;
    }

    @Override
    public boolean alarming(String name) {
        return ringing.contains(name);
    }

    @Override
    public HookStatus hook(String targetArn, Stage stage) {
        return hooks.getOrDefault(stage, HookStatus.SUCCEEDED);
    }

    @Override
    public TargetHealth target(TargetRef target) {
        return balancing.health(target);
    }

    @Override
    public Optional<TaskStatus> task(String taskId) {
        return Optional.ofNullable(containers.get(taskId))
                .map(container -> new TaskStatus(
                        Optional.of(container.startsAt()), Optional.of(container.startsAt()), List.of(see(container))));
    }

    private ContainerStatus see(Container container) {
        State state = state(container);
        return new ContainerStatus(
                "app",
                state,
                Health.UNKNOWN,
                state == State.EXITED ? Optional.of(143) : Optional.empty(),
                state == State.FAILED ? Optional.of("CannotPullContainerError: manifest unknown") : Optional.empty(),
                Map.of(3000, container.port()),
                Optional.of("c0ffee"),
                Optional.empty());
    }

    private State state(Container container) {
        if (now.isBefore(container.startsAt())) {
            return State.PULLING;
        }
        if (container.image().equals("absent")) {
            return State.FAILED;
        }
        return now.isBefore(container.endsAt()) ? State.RUNNING : State.EXITED;
    }

    private void execute(Action action) {
        if (action instanceof Action.StartContainers start) {
            String image = start.task().containers().get(0).image();
            Instant starts = now.plusSeconds(1 + random.nextInt(5));
            boolean crashes =
                    image.equals("crash") || doomed.contains(start.task().taskId());
            // Before its first checks: an application that lives longer may well get traffic before it crashes.
            Instant ends = crashes ? starts.plus(timings.scale(Duration.ofSeconds(3))) : Instant.MAX;
            containers.put(start.task().taskId(), new Container(image, 20_000 + containers.size(), starts, ends));
        } else if (action instanceof Action.StopContainers stop) {
            containers.computeIfPresent(
                    stop.taskId(), (id, container) -> container.endingAt(now.plusSeconds(random.nextInt(4))));
        } else if (action instanceof Action.RegisterTarget register) {
            balancing.register(register.target(), now);
        } else if (action instanceof Action.DeregisterTarget deregister) {
            balancing.deregister(deregister.target(), now);
        } else if (action instanceof Action.ShiftTraffic shift) {
            balancing.forward(shift.ruleArn(), new Forward(shift.weights()));
        }
    }

    private Result answer(TargetRef target) {
        return containers.values().stream()
                .filter(container -> container.port() == target.port() && state(container) == State.RUNNING)
                .findFirst()
                .<Result>map(container -> new Result.Answered(container.image().equals("sick") ? 500 : 200))
                .orElseGet(() -> new Result.Unreachable("Connection refused"));
    }
}
