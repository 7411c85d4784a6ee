package io.deployflow.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Sends requests in the form in which the AWS CLI sends them. */
final class WireClient {

    static final String ECS = "AmazonEC2ContainerServiceV20141113.";
    static final String ECR = "AmazonEC2ContainerRegistry_V20150921.";
    static final String LOGS = "Logs_20140328.";
    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/ecs/aws4_request, SignedHeaders=host, Signature=0";

    private final URI url;
    private final String signature;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    WireClient(URI url) {
        this(url, "x", ""); // No region: the sandbox's own.
    }

    WireClient(URI url, String accessKey, String region) {
        this.url = url;
        this.signature = SIGNATURE.formatted(accessKey, region);
    }

    /** An answer, its body as it came. */
    record Answer(int status, String body) {}

    /** Calls a JSON operation and requires success. */
    JsonNode call(String target, String request) {
        Answer answer = json(target, request);
        if (answer.status() != 200) {
            throw new AssertionError(target + " answered " + answer);
        }
        return parse(answer.body());
    }

    Answer json(String target, String request) {
        return send(HttpRequest.newBuilder(url)
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", signature)
                .POST(BodyPublishers.ofString(request))
                .build());
    }

    Answer unsigned(Map<String, String> headers, String request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(request));
        headers.forEach(builder::header);
        return send(builder.build());
    }

    Answer query(String form) {
        return send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("Authorization", signature)
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /** Calls an ELBv2 operation and answers the text of the first element of a name. */
    String elb(String form, String element) {
        return element(form + "&Version=2015-12-01", element);
    }

    /** Calls a Query operation and answers the text of the first element of a name. */
    String element(String form, String element) {
        Answer answer = query(form);
        int from = answer.body().indexOf("<" + element + ">");
        if (answer.status() != 200 || from < 0) {
            throw new AssertionError(form + " answered " + answer);
        }
        return answer.body()
                .substring(from + element.length() + 2, answer.body().indexOf("</" + element + ">", from));
    }

    JsonNode admin(String method, String path, String body) {
        return parse(send(HttpRequest.newBuilder(url.resolve("/_sandbox/" + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build())
                .body());
    }

    JsonNode parse(String body) {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
