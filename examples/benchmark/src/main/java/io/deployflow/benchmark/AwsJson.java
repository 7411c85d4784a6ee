package io.deployflow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Asks a sandbox, as an AWS client does or by the paths of its own. */
public final class AwsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=bench/20260101/%s/aws/aws4_request, SignedHeaders=host, Signature=0";
    private static final int FAILED = 400;

    private final URI endpoint;
    private final String signature;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Sends nothing yet.
     *
     * @param region what is signed for
     */
    public AwsJson(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.signature = SIGNATURE.formatted(region);
    }

    /** Calls ECS. */
    public JsonNode ecs(String operation, Map<String, ?> request) {
        return aws("AmazonEC2ContainerServiceV20141113." + operation, request);
    }

    /** Calls ECR. */
    public JsonNode ecr(String operation, Map<String, ?> request) {
        return aws("AmazonEC2ContainerRegistry_V20150921." + operation, request);
    }

    private JsonNode aws(String target, Map<String, ?> request) {
        return send(HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", signature)
                .POST(BodyPublishers.ofString(JSON.valueToTree(request).toString())));
    }

    /**
     * Uses one of the sandbox's own paths.
     *
     * @param path below {@code /_sandbox/}
     */
    public JsonNode sandbox(String method, String path, Map<String, ?> request) {
        return send(HttpRequest.newBuilder(endpoint.resolve("/_sandbox/" + path))
                .method(
                        method,
                        BodyPublishers.ofString(JSON.valueToTree(request).toString())));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= FAILED) {
                throw new IllegalStateException("the sandbox answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the sandbox at " + endpoint, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the sandbox", e);
        }
    }
}
