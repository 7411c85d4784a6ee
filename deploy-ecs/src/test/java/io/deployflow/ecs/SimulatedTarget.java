package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deployflow.Check;
import io.deployflow.ImageArtifact;
import io.deployflow.Revision;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.RolloutResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Secret;

/** A service with roles, secrets, logs and a load balancer on a sandbox without containers, and what is asked of it. */
final class SimulatedTarget implements AutoCloseable {
    static final String EXECUTION = "puma-execution";
    static final String GROUP = "/ecs/puma";
    private static final Pace FAST = Paces.every(Duration.ofMillis(30));
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    final SimulatedSandbox sandbox =
            Sandbox.simulated().clock(Timings.FAST).speed(100).start();
    final EcsSettings settings;
    final AwsClients clients;
    final DeployContext context;
    String secret = "";
    private int images;

    SimulatedTarget(Path directory) {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        settings = settingsWith();
        clients = QuickClients.of(settings);
        context = Contexts.of(directory, directory, "0123456789abcdef", event -> {}, ForkJoinPool.commonPool());
        sandbox.addService("puma", 1);
        post("iam", """
                {"roles":[{"roleName":"puma-task"},{"roleName":"%s","policies":[{"Statement":[
                  {"Effect":"Allow","Action":["ecr:*","logs:*","secretsmanager:*","ssm:*"],"Resource":"*"}]}]}]}""".formatted(EXECUTION));
        secret = clients.secrets()
                .createSecret(request -> request.name("shop/database").secretString("{\"url\":\"postgres://db\"}"))
                .arn();
        clients.parameters()
                .putParameter(request -> request.name("/shop/key").value("key").type("SecureString"));
        serve();
    }

    /** The same target with more settings, or others. */
    EcsSettings settingsWith(String... keys) {
        return SettingsText.of(Stream.concat(
                        Stream.of(
                                "region: " + sandbox.region(),
                                "endpoint: " + sandbox.endpoint(),
                                "cluster: app-dev",
                                "image: { repository: organization/app }",
                                "timeout: 1m"),
                        Stream.of(keys))
                .toArray(String[]::new));
    }

    /** Has the service run a task definition that names all there is. */
    private void serve() {
        var live = gateway()
                .taskDefinition(gateway().service("puma").taskDefinition())
                .definition();
        String arn = clients.ecs()
                .registerTaskDefinition(TaskDefinitions.asRequest(live, List.of()).toBuilder()
                        .executionRoleArn(role(EXECUTION))
                        .taskRoleArn(role("puma-task"))
                        .containerDefinitions(live.containerDefinitions().get(0).toBuilder()
                                .secrets(
                                        Secret.builder()
                                                .name("DATABASE_URL")
                                                .valueFrom(secret + ":url::")
                                                .build(),
                                        Secret.builder()
                                                .name("KEY")
                                                .valueFrom("/shop/key")
                                                .build())
                                .build())
                        .build())
                .taskDefinition()
                .taskDefinitionArn();
        clients.ecs().updateService(ServiceUpdates.to(settings, "puma", arn));
        settle();
    }

    String role(String name) {
        String account = gateway().service("puma").serviceArn().split(":", -1)[4];
        return "arn:aws:iam::" + account + ":role/" + name;
    }

    EcsGateway gateway() {
        return new EcsGateway(clients, settings);
    }

    /** Lets time pass until nothing is in flight. */
    void settle() {
        sandbox.advanceUntil(
                LONG,
                () -> ServiceView.primary(gateway().service("puma"))
                        .filter(primary -> ServiceView.isDone(gateway().service("puma"), primary))
                        .isPresent());
    }

    List<Check> verify() {
        return verify(settings);
    }

    List<Check> verify(EcsSettings wanted) {
        try (var pipeline = new EcsAdapter(FAST, Paces.NO_LIMIT).pipeline(wanted, context)) {
            return pipeline.rollout().checks().orElseThrow().verify(context);
        }
    }

    String policy() {
        try (var pipeline = pipeline()) {
            return pipeline.rollout().checks().orElseThrow().policy(context).orElseThrow();
        }
    }

    private Pipeline<ImageArtifact, EcsRelease> pipeline() {
        return new EcsAdapter(FAST, Paces.NO_LIMIT).pipeline(settings, context);
    }

    /** All of a deploy but the build and what the engine pushes; and afterwards what {@code status} asks. */
    RolloutResult deploy(Script script) {
        String image = sandbox.push("organization/app", "v" + images++, script);
        try (var pipeline = pipeline()) {
            pipeline.rollout().preflight(context);
            ImageRegistry registry = new ImageRegistry(clients, settings.image(), context.clock());
            registry.auth(registry.repository());
            EcsRelease release =
                    ((ReleasePush) pipeline.push()).register(image, Revision.commit("0123456789abcdef"), context);
            RolloutResult result = pipeline.rollout().rollout(release, context);
            if (result.failure().isPresent()) {
                pipeline.rollout().rollback(release, context);
            } else {
                pipeline.rollout().cleanup(release, context);
            }
            pipeline.rollout().current(context);
            pipeline.rollout().history(context);
            return result;
        }
    }

    /** Has an operation fail from now on, for as long as some work takes. */
    <T> T failing(String operation, String kind, Supplier<T> work) {
        post("faults", "{\"operation\":\"%s\",\"kind\":\"%s\",\"count\":1000}".formatted(operation, kind));
        try {
            return work.get();
        } finally {
            json(HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/faults"))
                    .DELETE()
                    .build());
        }
    }

    /** Holds whoever asks to policies from now on. */
    void enforce(String... policies) {
        post("iam", "{\"users\":[{\"userName\":\"sandbox\",\"policies\":[" + String.join(",", policies) + "]}]}");
    }

    /** The calls that were made, as the sandbox recorded them. */
    JsonNode calls() {
        return json(HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/calls"))
                        .build())
                .path("calls");
    }

    void post(String path, String body) {
        JsonNode answer = json(HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/" + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.has("message")) {
            throw new IllegalArgumentException(answer.path("message").asText());
        }
    }

    private static JsonNode json(HttpRequest request) {
        try {
            return JSON.readTree(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        clients.close();
        sandbox.close();
    }
}
