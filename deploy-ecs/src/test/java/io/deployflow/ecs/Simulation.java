package io.deployflow.ecs;

import io.deployflow.CancellationToken;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.RolloutResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** Rollouts to the simulated sandbox, in its time: a pause between two looks lets that much of it pass. */
final class Simulation implements AutoCloseable {
    final SimulatedSandbox sandbox;
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    final CancellationToken token = CancellationToken.create();
    final Map<String, Integer> calls = new ConcurrentHashMap<>();
    /** The region that each operation was last asked in. */
    final Map<String, String> regions = new ConcurrentHashMap<>();

    final EcsSettings settings;
    final AwsClients clients;
    final EcsRollout rollout;
    final EcsGateway gateway;
    private final Clock clock;
    private final ReleasePush push;
    private int pushed;
    private int looks;
    Runnable onLook = () -> {};
    Runnable onCall = () -> {};
    /** The operation that is about to be asked for. */
    volatile String asking = "";

    Simulation(SimulatedSandbox sandbox, String... keys) {
        this(sandbox, sandbox.clock(), keys);
    }

    /** With the clock of a machine that goes wrong. */
    Simulation(SimulatedSandbox sandbox, Clock clock, String... keys) {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        this.sandbox = sandbox;
        this.clock = clock;
        this.settings = SettingsText.of(Stream.concat(
                        Stream.of(
                                "endpoint: " + sandbox.endpoint(),
                                "region: " + sandbox.region(),
                                "cluster: " + Team.CLUSTER,
                                "image: { repository: " + Team.REPOSITORY + " }"),
                        Stream.of(keys))
                .toArray(String[]::new));
        this.clients = QuickClients.of(settings, new Counter());
        EcsGateway ecs = new EcsGateway(clients, settings);
        this.gateway = ecs;
        DockerEngine engine = new DockerEngine();
        ImageRegistry registry = new ImageRegistry(clients, settings.image(), clock);
        this.push = new ReleasePush(settings, ecs, new ImagePusher(engine, registry), registry);
        Pace time = Paces.of(sandbox);
        this.rollout = new EcsRollout(
                settings,
                clients,
                ecs,
                registry,
                EngineRoad.plan(settings.image()),
                new Pace(time.nanos(), (pause, cancelled) -> {
                    looks++;
                    onLook.run();
                    time.sleep().pause(pause, cancelled);
                }));
    }

    private final class Counter implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            asking = operation;
            onCall.run();
            calls.merge(operation, 1, Integer::sum);
            Optional.ofNullable(attributes.getAttribute(AwsExecutionAttribute.AWS_REGION))
                    .ifPresent(region -> regions.put(operation, region.id()));
        }
    }

    /** A release whose containers do what the script says. */
    EcsRelease release(Script script) {
        return register(push(script));
    }

    /** A new image whose containers do what the script says. */
    String push(Script script) {
        return sandbox.push(Team.REPOSITORY, "v" + ++pushed, script);
    }

    /** A release of an image that was pushed. */
    EcsRelease register(String image) {
        return push.register(image, Revision.commit("%040d".formatted(pushed)), context());
    }

    /** The same as a deploy of an image that somebody else built makes it, with all that is checked of it. */
    EcsRelease adopt(String image) {
        return push.adopt(image, context());
    }

    /** The same release of the one service with another task definition, as somebody registers it by hand. */
    EcsRelease changed(EcsRelease release, UnaryOperator<RegisterTaskDefinitionRequest.Builder> change) {
        EcsGateway.Described described = gateway.taskDefinition(release.lead().arn());
        String arn = gateway.once()
                .register(change.apply(TaskDefinitions.asRequest(described.definition(), List.of()).toBuilder())
                        .build())
                .taskDefinitionArn();
        return release.of(List.of(new EcsRelease.Part(
                release.lead().service(), arn, release.lead().base())));
    }

    /** Has the service run another task definition than it does, and waits until it does. */
    void serve(UnaryOperator<RegisterTaskDefinitionRequest.Builder> change) {
        String live = gateway.service(Team.SERVICE).taskDefinition();
        EcsRelease now = new EcsRelease(
                List.of(new EcsRelease.Part(Team.SERVICE, live, Optional.empty())),
                "unknown",
                Instant.EPOCH,
                "unknown",
                Release.State.GOOD);
        String next = changed(now, change).lead().arn();
        clients.ecs()
                .updateService(request ->
                        request.cluster(Team.CLUSTER).service(Team.SERVICE).taskDefinition(next));
        settle();
    }

    /** Lets time pass until nothing is in flight. */
    void settle() {
        boolean steady = sandbox.advanceUntil(
                Duration.ofMinutes(10),
                () -> ServiceView.primary(gateway.service(Team.SERVICE))
                        .filter(primary -> ServiceView.isDone(gateway.service(Team.SERVICE), primary))
                        .isPresent());
        if (!steady) {
            throw new IllegalStateException(
                    "not steady: " + gateway.service(Team.SERVICE).events());
        }
    }

    /** The image of a release's container. */
    String image(EcsRelease release) {
        return clients.ecs()
                .describeTaskDefinition(
                        request -> request.taskDefinition(release.lead().arn()))
                .taskDefinition()
                .containerDefinitions()
                .get(0)
                .image();
    }

    /** Rolls it out; what is counted afterwards is of this alone. */
    RolloutResult rollOut(EcsRelease release) {
        calls.clear();
        looks = 0;
        return rollout.rollout(release, context());
    }

    RolloutResult rollOut(Script script) {
        return rollOut(release(script));
    }

    /** How often it waited. */
    int looks() {
        return looks;
    }

    /** How many calls were made. */
    int allCalls() {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The newest record of a service. */
    ServiceDeployment record(String service) {
        String newest = clients
                .ecs()
                .listServiceDeployments(request -> request.cluster(Team.CLUSTER).service(service))
                .serviceDeployments()
                .stream()
                .max((one, two) -> one.createdAt().compareTo(two.createdAt()))
                .orElseThrow()
                .serviceDeploymentArn();
        return clients.ecs()
                .describeServiceDeployments(request -> request.serviceDeploymentArns(newest))
                .serviceDeployments()
                .get(0);
    }

    /** When the first task was made that is no older than this and has stopped. */
    Instant firstTask(String service, Instant since) {
        List<String> stopped = clients.ecs()
                .listTasks(request ->
                        request.cluster(Team.CLUSTER).serviceName(service).desiredStatus(DesiredStatus.STOPPED))
                .taskArns();
        return clients
                .ecs()
                .describeTasks(request -> request.cluster(Team.CLUSTER).tasks(stopped))
                .tasks()
                .stream()
                .map(Task::createdAt)
                .filter(created -> !created.isBefore(since))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** How long after ECS had finished, by the time of the sandbox, it is now. */
    Duration sinceFinished(String service) {
        Instant finished = record(service).finishedAt();
        return Duration.between(finished, sandbox.clock().instant());
    }

    /** Makes the next calls of an operation fail. */
    void fault(String operation, String kind, int count) {
        post("faults", "{\"operation\":\"%s\",\"kind\":\"%s\",\"count\":%d}".formatted(operation, kind, count));
    }

    /** Tells the sandbox something that no API of AWS does. */
    void post(String path, String body) {
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/" + path))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    DeployContext context() {
        return Contexts.ofRollout(events::add, token, clock);
    }

    @Override
    public void close() {
        clients.close();
        sandbox.close();
    }
}
