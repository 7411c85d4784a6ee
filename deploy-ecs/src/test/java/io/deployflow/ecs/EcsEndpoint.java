package io.deployflow.ecs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Answers the real SDK with what a test says, in its order; the last answer to an operation is given for ever. */
final class EcsEndpoint implements AutoCloseable {
    static final Answer OUT_OF_ORDER = new Answer(500, "{\"__type\":\"ServerException\"}");
    static final Answer DENIED = new Answer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not allowed\"}");
    private static final Answer UNKNOWN = new Answer(400, "{\"__type\":\"UnknownOperationException\"}");

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    EcsEndpoint() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        says("ListTasks", new Answer(200, "{\"taskArns\":[]}"));
        says("DescribeTaskDefinition", new Answer(200, "{\"taskDefinition\":{},\"tags\":[]}"));
        says("TagResource", new Answer(200, "{}"));
    }

    private record Call(String operation, String request) {}

    /** One answer. */
    record Answer(int status, String json) {}

    /** A service with one desired task and these deployments, newest first. */
    static Answer service(String... deployments) {
        return new Answer(200, "{\"services\":[" + json(deployments) + "]}");
    }

    /** What {@code UpdateService} answers. */
    static Answer updated(String... deployments) {
        return new Answer(200, "{\"service\":" + json(deployments) + "}");
    }

    private static String json(String... deployments) {
        String newest = deployments[0].replaceAll(".*\"taskDefinition\":\"([^\"]+)\".*", "$1");
        return """
                {"serviceName":"puma","status":"ACTIVE","desiredCount":1,"taskDefinition":"%s","deployments":[%s]}""".formatted(newest, String.join(",", deployments));
    }

    /** A deployment of a service; {@code state} is empty where ECS names none. */
    static String deployment(String status, int number, String state, int running) {
        String rollout = state.isEmpty() ? "" : ",\"rolloutState\":\"" + state + "\"";
        return """
                {"id":"ecs-svc/%d","status":"%s","taskDefinition":"%s","desiredCount":1,"runningCount":%d,\
                "pendingCount":0%s}""".formatted(number, status, taskDefinition(number), running, rollout);
    }

    static String taskDefinition(int number) {
        return "arn:aws:ecs:eu-west-1:1:task-definition/puma:" + number;
    }

    EcsEndpoint says(String operation, Answer... inOrder) {
        answers.put(operation, new ArrayDeque<>(Arrays.asList(inOrder)));
        return this;
    }

    /** Has something done while an operation is answered. */
    void when(String operation, Runnable action) {
        actions.put(operation, action);
    }

    /** The same answer some times, before others. */
    static Answer[] times(int count, Answer first, Answer... then) {
        return Stream.concat(Stream.generate(() -> first).limit(count), Stream.of(then))
                .toArray(Answer[]::new);
    }

    /** How often an operation was called. */
    long calls(String operation) {
        return requests(operation).size();
    }

    /** What an operation was called with. */
    List<String> requests(String operation) {
        return calls.stream()
                .filter(call -> call.operation().equals(operation))
                .map(Call::request)
                .toList();
    }

    EcsSettings settings() {
        return settings(Duration.ofSeconds(20));
    }

    EcsSettings settings(Duration timeout) {
        return settingsWith("timeout: " + timeout.toMillis() + "ms");
    }

    /** With these keys of a target. */
    EcsSettings settingsWith(String... keys) {
        return SettingsText.of(Stream.concat(
                        Stream.of("endpoint: http://127.0.0.1:"
                                + server.getAddress().getPort()),
                        Stream.of(keys))
                .toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target.substring(target.indexOf('.') + 1);
        calls.add(new Call(operation, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        actions.getOrDefault(operation, () -> {}).run();
        Answer answer = next(operation);
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized Answer next(String operation) {
        Deque<Answer> queue = answers.get(operation);
        if (queue == null) {
            return UNKNOWN;
        }
        return queue.size() == 1 ? queue.element() : queue.remove();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
