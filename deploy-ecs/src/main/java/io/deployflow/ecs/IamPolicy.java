package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the least-privilege IAM policy of whoever deploys to a target. Pure. */
final class IamPolicy {
    private IamPolicy() {}

    /**
     * One statement that allows something.
     *
     * @param actions what
     * @param resources on which
     * @param condition keys and the value that each must have
     */
    record Statement(List<String> actions, List<String> resources, Map<String, String> condition) {}

    /**
     * The statements for every call that the target has a use for; calls with one scope share a statement.
     *
     * @param scopes of each service of the target; they are in one cluster
     */
    static List<Statement> statements(List<PolicyScope> scopes) {
        Map<Object, Statement> statements = new LinkedHashMap<>();
        for (AwsCall call : AwsCall.ALL) {
            List<String> resources = scopes.stream()
                    .flatMap(scope -> call.scope().resources(scope).stream())
                    .distinct()
                    .toList();
            if (!resources.isEmpty()) {
                Map<String, String> condition = call.scope().condition(scopes.get(0));
                statements
                        .computeIfAbsent(
                                List.of(resources, condition),
                                key -> new Statement(new ArrayList<>(), resources, condition))
                        .actions()
                        .add(call.action());
            }
        }
        return List.copyOf(statements.values());
    }

    /** The policy as a document: JSON, a statement in a few lines. */
    static String document(List<PolicyScope> scopes) {
        return statements(scopes).stream().map(IamPolicy::json).collect(Collectors.joining(",\n", """
                        {
                          "Version": "2012-10-17",
                          "Statement": [
                        """, "\n  ]\n}"));
    }

    private static String json(Statement statement) {
        return "    {\n      \"Effect\": \"Allow\",\n      \"Action\": " + list(statement.actions())
                + ",\n      \"Resource\": " + list(statement.resources()) + condition(statement.condition())
                + "\n    }";
    }

    private static String condition(Map<String, String> condition) {
        return condition.entrySet().stream()
                .map(entry -> ",\n      \"Condition\": { \"%s\": { \"%s\": \"%s\" } }"
                        .formatted(
                                entry.getValue().startsWith("arn:") ? "ArnEquals" : "StringEquals",
                                entry.getKey(),
                                entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String list(List<String> values) {
        return values.size() == 1
                ? "\"" + values.get(0) + "\""
                : values.stream()
                        .map(value -> "        \"" + value + "\"")
                        .collect(Collectors.joining(",\n", "[\n", "\n      ]"));
    }
}
