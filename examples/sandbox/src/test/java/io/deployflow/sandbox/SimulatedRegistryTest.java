package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECR;
import static io.deployflow.sandbox.WireClient.ECS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.simulated.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pushes over the network to a registry in memory, and tags that are immutable. */
class SimulatedRegistryTest {

    private static final String REPOSITORY = "organization/app";
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final SimulatedSandbox sandbox = Sandbox.simulated().start();
    private final WireClient aws = new WireClient(sandbox.endpoint());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void push_inParts_isWhatIsPulled() throws Exception {
        HttpResponse<String> begun = send("POST", REPOSITORY + "/blobs/uploads/", "", "");
        String upload = begun.headers().firstValue("Location").orElseThrow().replaceFirst("^/v2/", "");
        String layer = "a layer";

        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(send("PATCH", upload, "", "a la").statusCode()).isEqualTo(202);
        assertThat(send("PUT", upload + "?digest=" + digest(layer), "", "yer").statusCode())
                .isEqualTo(201);
        assertThat(send("HEAD", REPOSITORY + "/blobs/" + digest(layer), "", "").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", REPOSITORY + "/blobs/" + digest(layer), "", "").body())
                .isEqualTo(layer);
        assertThat(send("POST", "other/blobs/uploads/?mount=" + digest(layer) + "&from=" + REPOSITORY, "", "")
                        .statusCode())
                .isEqualTo(201);
        assertThat(push("v1", "{\"number\":1}").statusCode()).isEqualTo(201);
        assertThat(send("GET", REPOSITORY + "/manifests/v1", "", "").body()).isEqualTo("{\"number\":1}");
        assertThat(send("GET", REPOSITORY + "/tags/list", "", "").body()).contains("\"v1\"");
    }

    @Test
    void push_whenTheContentIsNotWhatItSays_isRefused() throws Exception {
        String location = send("POST", REPOSITORY + "/blobs/uploads/", "", "")
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst("^/v2/", "");

        assertThat(send("PUT", location + "?digest=" + digest("a"), "", "b").body())
                .contains("DIGEST_INVALID");
    }

    @Test
    void push_withoutThePassword_isRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + sandbox.registry() + "/v2/"))
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void push_whenTagsAreImmutable_takesTheSameImageAndRefusesAnother() throws Exception {
        aws.call(
                ECR + "PutImageTagMutability",
                "{\"repositoryName\":\"%s\",\"imageTagMutability\":\"IMMUTABLE\"}".formatted(REPOSITORY));
        push("v1", "{\"number\":1}");

        assertThat(push("v1", "{\"number\":1}").statusCode()).isEqualTo(201);
        HttpResponse<String> refused = push("v1", "{\"number\":2}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("TAG_INVALID", "cannot be overwritten because the repository is immutable");
        assertThat(aws.call(ECR + "DescribeRepositories", "{}")
                        .at("/repositories/0/imageTagMutability")
                        .asText())
                .isEqualTo("IMMUTABLE");
    }

    @Test
    void putImage_givesATagOnce() throws Exception {
        push("v1", "{\"number\":1}");
        push("v2", "{\"number\":2}");

        aws.call(ECR + "PutImage", putImage("live", "{\\\"number\\\":1}"));
        assertThat(aws.json(ECR + "PutImage", putImage("live", "{\\\"number\\\":1}"))
                        .body())
                .contains("ImageAlreadyExistsException");
        aws.call(ECR + "PutImage", putImage("live", "{\\\"number\\\":2}"));
        aws.call(
                ECR + "PutImageTagMutability",
                "{\"repositoryName\":\"%s\",\"imageTagMutability\":\"IMMUTABLE\"}".formatted(REPOSITORY));

        assertThat(aws.json(ECR + "PutImage", putImage("live", "{\\\"number\\\":1}"))
                        .body())
                .contains("ImageTagAlreadyExistsException");
    }

    @Test
    void task_runsThePushedImageAsItsScriptSays() throws Exception {
        sandbox.behaveWhenPushed(Script.GOOD.exiting(Duration.ofSeconds(1), 9));
        push("v1", "{\"number\":1}");

        JsonNode task = run(sandbox.registry() + "/" + REPOSITORY + ":v1");

        assertThat(task.at("/containers/0/exitCode").asInt()).isEqualTo(9);
        assertThat(task.at("/containers/0/imageDigest").asText()).isEqualTo(digest("{\"number\":1}"));
    }

    @Test
    void task_whereEachContainerHasAScriptOfItsOwn_doesWhatItsOwnSays() throws Exception {
        AtomicInteger started = new AtomicInteger();
        sandbox.behaveWhenPushed(() -> Script.GOOD.exiting(Duration.ofSeconds(1), started.incrementAndGet()));
        push("v1", "{\"number\":1}");
        String image = sandbox.registry() + "/" + REPOSITORY + ":v1";

        assertThat(run(image).at("/containers/0/exitCode").asInt()).isEqualTo(1);
        assertThat(run(image).at("/containers/0/exitCode").asInt()).isEqualTo(2);
    }

    @Test
    void task_whenItsImageWasNeverPushed_cannotStart() {
        assertThat(run(sandbox.registry() + "/" + REPOSITORY + ":none")
                        .path("stoppedReason")
                        .asText())
                .isEqualTo(
                        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref "
                                + sandbox.registry() + "/" + REPOSITORY + ":none: not found");
    }

    private JsonNode run(String image) {
        aws.call(
                ECS + "RegisterTaskDefinition",
                "{\"family\":\"f\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"%s\",\"memory\":64}]}"
                        .formatted(image));
        String arn = aws.call(ECS + "RunTask", "{\"cluster\":\"app-dev\",\"taskDefinition\":\"f\"}")
                .at("/tasks/0/taskArn")
                .asText();
        sandbox.advance(Duration.ofSeconds(30));
        return aws.call(ECS + "DescribeTasks", "{\"cluster\":\"app-dev\",\"tasks\":[\"%s\"]}".formatted(arn))
                .at("/tasks/0");
    }

    private static String putImage(String tag, String manifest) {
        return "{\"repositoryName\":\"%s\",\"imageTag\":\"%s\",\"imageManifest\":\"%s\"}"
                .formatted(REPOSITORY, tag, manifest);
    }

    private HttpResponse<String> push(String tag, String manifest) throws Exception {
        return send("PUT", REPOSITORY + "/manifests/" + tag, TYPE, manifest);
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + sandbox.registry() + "/v2/" + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("AWS:simulated".getBytes(UTF_8)))
                .method(method, BodyPublishers.ofString(body));
        return http.send(
                (type.isEmpty() ? request : request.header("Content-Type", type)).build(), BodyHandlers.ofString());
    }

    private static String digest(String content) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
    }
}
