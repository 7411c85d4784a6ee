package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.Report;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * A service on a sandbox in virtual time, a person who works with it through the whole library, and calls that fail as
 * a test wants.
 */
final class CallStage implements AutoCloseable {
    static final String SERVICE = "puma";

    /** The service, which keeps all releases; which keeps two; whose name is mistyped. */
    static final String TARGET = "staging";

    static final String TIDY = "tidy";
    static final String MISTYPED = "mistyped";
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    final SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    final AwsClients clients;
    final EcsSettings settings;
    volatile DeployListener onEvent = event -> {};
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Path source;
    private final Map<AwsClients.Manners, Deployer> deployers = new LinkedHashMap<>();
    private AwsClients.Manners manners = QuickClients.MANNERS;
    private int versions;

    CallStage(Path folder) {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        this.folder = folder;
        this.source = folder.resolve("shop");
        this.settings = settings();
        this.clients = QuickClients.of(settings);
        sandbox.addService(SERVICE, 1);
    }

    /** How the person's tool asks AWS from now on. */
    void ask(AwsClients.Manners now) {
        manners = now;
    }

    Deployer deployer() {
        return deployers.computeIfAbsent(manners, this::newDeployer);
    }

    private Deployer newDeployer(AwsClients.Manners how) {
        return Deployer.builder()
                .application(new Application("shop", source))
                .adapter(new EcsAdapter(Paces.of(sandbox), Paces.NO_LIMIT, how))
                .target(Target.of(TARGET, "ecs", settings))
                .target(Target.of(TIDY, "ecs", settings("keep_releases: 2")))
                .target(Target.of(MISTYPED, "ecs", settings("service: pum")))
                .person("alice@laptop")
                .clock(sandbox.clock())
                .listener(events::add)
                .listener(event -> onEvent.onEvent(event))
                .build();
    }

    private EcsSettings settings(String... more) {
        return SettingsText.of(Stream.concat(
                        Stream.of(
                                "region: " + sandbox.region(),
                                "endpoint: " + sandbox.endpoint(),
                                "cluster: " + Team.CLUSTER,
                                "timeout: 5m",
                                """
                                image:
                                  repository: %s
                                  build: layers
                                  tag: same
                                  layers:
                                    base: scratch
                                    stack: [ { name: app, from: ["."] } ]
                                    command: [shop]
                                    cache: { directory: %s, megabytes: 10 }""".formatted(Team.REPOSITORY, folder.resolve("cache"))),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** What has been changed at AWS, counted. */
    record Effects(int deployments, int registered, int tasksRun) {
        static final Effects NONE = new Effects(0, 0, 0);

        Effects since(Effects before) {
            return new Effects(
                    deployments - before.deployments, registered - before.registered, tasksRun - before.tasksRun);
        }
    }

    /** Deploys something new to a target, whose containers do what the script says. */
    Report deploy(String target, Script script, CancellationToken token) {
        try {
            Files.createDirectories(source);
            Files.writeString(source.resolve("version"), "version " + ++versions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sandbox.behaveWhenPushed(script);
        return deployer().deploy(target, DeployOptions.defaults().withCancellation(token));
    }

    Report deploy(Script script) {
        return deploy(TARGET, script, CancellationToken.create());
    }

    EcsGateway gateway() {
        return new EcsGateway(clients, settings);
    }

    /** The lines that containers have written, as they were told. */
    List<String> lines() {
        return events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }

    /** What containers of the live image do that start from now on. */
    void behave(Script script) {
        String live = gateway().service(SERVICE).taskDefinition();
        sandbox.behave(
                gateway()
                        .taskDefinition(live)
                        .definition()
                        .containerDefinitions()
                        .get(0)
                        .image(),
                script);
    }

    /** What it was warned of. */
    List<String> warnings() {
        return events.stream()
                .filter(DeployEvent.Warning.class::isInstance)
                .map(event -> ((DeployEvent.Warning) event).message())
                .toList();
    }

    /** Lets time pass until nothing is in flight. */
    void settle() {
        sandbox.advanceUntil(
                LONG, () -> ServiceView.inFlight(gateway().service(SERVICE)).isEmpty());
    }

    /** The task definitions of the service's tasks that serve. */
    Set<String> serving() {
        return gateway().tasks().of(SERVICE, DesiredStatus.RUNNING).stream()
                .filter(TaskView::serves)
                .map(Task::taskDefinitionArn)
                .collect(Collectors.toSet());
    }

    Effects effects() {
        return new Effects(
                ServiceDeployments.newest(clients.ecs(), Team.CLUSTER, SERVICE, Integer.MAX_VALUE)
                        .size(),
                registered(TaskDefinitionStatus.ACTIVE).size()
                        + registered(TaskDefinitionStatus.INACTIVE).size(),
                oneOffs(DesiredStatus.RUNNING).size()
                        + oneOffs(DesiredStatus.STOPPED).size());
    }

    List<String> registered(TaskDefinitionStatus status) {
        return clients
                .ecs()
                .listTaskDefinitionsPaginator(
                        request -> request.familyPrefix(SERVICE).status(status))
                .taskDefinitionArns()
                .stream()
                .toList();
    }

    List<String> oneOffs(DesiredStatus status) {
        return clients.ecs()
                .listTasks(request -> request.cluster(Team.CLUSTER)
                        .startedBy("deployflow/alice_laptop")
                        .desiredStatus(status))
                .taskArns();
    }

    /** Makes calls of an operation fail from now on. */
    void fault(String operation, String kind, int count) {
        tell(
                "faults",
                "{\"operation\":\"%s\",\"kind\":\"%s\",\"count\":%d,\"delayMillis\":300}"
                        .formatted(operation, kind, count));
    }

    /** No call fails any more; how many would have. */
    int noFaults() {
        int left = sandboxSays("GET", "faults", "")
                .path("faults")
                .path(0)
                .path("count")
                .asInt(0);
        sandboxSays("DELETE", "faults", "");
        return left;
    }

    void tell(String path, String body) {
        sandboxSays("POST", path, body);
    }

    private JsonNode sandboxSays(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/" + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        deployers.values().forEach(Deployer::close);
        clients.close();
        sandbox.close();
    }
}
