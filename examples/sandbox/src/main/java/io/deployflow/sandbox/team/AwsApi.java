package io.deployflow.sandbox.team;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deployflow.sandbox.docker.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Calls the control plane as an AWS client does, in AWS's two protocols.
 *
 * @param endpoint the control plane's URL
 * @param region the region that is signed for
 * @param http sends the calls
 */
record AwsApi(URI endpoint, String region, HttpClient http) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The first listener and the first task may wait for their images, which are built from a mirror's packages. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final String ELB_VERSION = "2015-12-01";

    AwsApi(URI endpoint, String region) {
        this(
                endpoint,
                region,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    JsonNode ecs(String operation, Map<String, ?> request) {
        return json("AmazonEC2ContainerServiceV20141113." + operation, request);
    }

    JsonNode ecr(String operation, Map<String, ?> request) {
        return json("AmazonEC2ContainerRegistry_V20150921." + operation, request);
    }

    JsonNode logs(String operation, Map<String, ?> request) {
        return json("Logs_20140328." + operation, request);
    }

    /**
     * Calls Elastic Load Balancing.
     *
     * @param action the operation
     * @param parameters as the Query protocol flattens them
     * @param element the element of the answer that is wanted
     * @return the text of its first occurrence
     */
    String elb(String action, Map<String, String> parameters, String element) {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "Action=" + action + "&Version=" + ELB_VERSION + "&", ""));
        String answer = send(action, request("application/x-www-form-urlencoded", form));
        Matcher found =
                Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(answer);
        if (!found.find()) {
            throw new SandboxException("The answer to " + action + " holds no " + element + ": " + answer);
        }
        return found.group(1);
    }

    private JsonNode json(String target, Map<String, ?> request) {
        try {
            HttpRequest.Builder builder = request("application/x-amz-json-1.1", JSON.writeValueAsString(request))
                    .header("X-Amz-Target", target);
            return JSON.readTree(send(target, builder));
        } catch (JsonProcessingException e) {
            throw new SandboxException("The answer to " + target + " is no JSON", e);
        }
    }

    private HttpRequest.Builder request(String type, String body) {
        // The sandbox wants a signature, and takes any.
        return HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", type)
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=sandbox/20260101/" + region + "/aws/aws4_request")
                .POST(BodyPublishers.ofString(body));
    }

    private String send(String operation, HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new SandboxException(operation + " failed with " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new SandboxException("The sandbox's endpoint " + endpoint + " does not answer to " + operation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted in " + operation, e);
        }
    }
}
