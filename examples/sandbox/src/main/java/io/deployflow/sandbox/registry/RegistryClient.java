package io.deployflow.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deployflow.sandbox.docker.RegistryLogin;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.port.ImageManifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads a registry over the Docker distribution API v2. */
final class RegistryClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ALL = 1000;
    private static final List<String> MANIFESTS = List.of(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final RegistryLogin login;

    RegistryClient(RegistryLogin login) {
        this.login = login;
    }

    /** Whether it is up and takes our password. */
    boolean answers() {
        try {
            return get("").statusCode() == 200;
        } catch (SandboxException notUpYet) {
            return false;
        }
    }

    List<String> repositories() {
        return texts(get("_catalog?n=" + ALL), "repositories").stream()
                .filter(repository -> !tags(repository).isEmpty())
                .sorted()
                .toList();
    }

    List<String> tags(String repository) {
        HttpResponse<String> answer = get(repository + "/tags/list");
        return answer.statusCode() == 404 ? List.of() : texts(answer, "tags");
    }

    Optional<ImageManifest> manifest(String repository, String reference) {
        HttpResponse<String> answer = get(repository + "/manifests/" + reference);
        return answer.statusCode() == 404
                ? Optional.empty()
                : Optional.of(new ImageManifest(
                        header(answer, "Docker-Content-Digest"), header(answer, "Content-Type"), body(answer)));
    }

    void put(String repository, String tag, ImageManifest manifest) {
        HttpResponse<String> answer = send(request(repository + "/manifests/" + tag)
                .header("Content-Type", manifest.mediaType())
                .PUT(HttpRequest.BodyPublishers.ofString(manifest.body())));
        if (answer.statusCode() != 201) {
            throw new SandboxException("The registry answered " + answer.statusCode() + " to the manifest of "
                    + repository + ":" + tag + ": " + answer.body().strip());
        }
    }

    private HttpResponse<String> get(String path) {
        HttpRequest.Builder request = request(path);
        MANIFESTS.forEach(type -> request.header("Accept", type));
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + login.endpoint() + "/v2/" + path))
                .timeout(TIMEOUT)
                .header("Authorization", basic());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new SandboxException("The registry at " + login.endpoint() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while asking the registry at " + login.endpoint(), e);
        }
    }

    private String basic() {
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private List<String> texts(HttpResponse<String> answer, String field) {
        try {
            JsonNode found = JSON.readTree(body(answer)).path(field);
            return StreamSupport.stream(found.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new SandboxException("The registry at " + login.endpoint() + " answered no JSON", e);
        }
    }

    private String body(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new SandboxException("The registry answered " + answer.statusCode() + " to " + answer.uri() + ": "
                    + answer.body().strip());
        }
        return answer.body();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
