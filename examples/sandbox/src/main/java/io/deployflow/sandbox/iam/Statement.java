package io.deployflow.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.wire.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A statement of a policy document.
 *
 * @param allows Allow, or else Deny
 * @param actions patterns of actions; with {@code exceptActions} those that it is not about
 * @param exceptActions whether the document says NotAction
 * @param resources patterns of ARNs; with {@code exceptResources} those that it is not about
 * @param exceptResources whether the document says NotResource
 * @param conditions all of them must be met
 */
record Statement(
        boolean allows,
        List<String> actions,
        boolean exceptActions,
        List<String> resources,
        boolean exceptResources,
        List<Condition> conditions) {

    static Statement read(JsonNode json) {
        String effect = json.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw malformed("Effect must be Allow or Deny, not '%s'".formatted(effect));
        }
        boolean exceptActions = json.has("NotAction");
        boolean exceptResources = json.has("NotResource");
        return new Statement(
                effect.equals("Allow"),
                required(json, exceptActions ? "NotAction" : "Action"),
                exceptActions,
                required(json, exceptResources ? "NotResource" : "Resource"),
                exceptResources,
                conditions(json.path("Condition")));
    }

    private static List<String> required(JsonNode json, String field) {
        List<String> values = oneOrMore(json.path(field));
        if (values.isEmpty()) {
            throw malformed("a statement has no " + field);
        }
        return values;
    }

    /** A string, or an array of strings. */
    static List<String> oneOrMore(JsonNode json) {
        List<String> values = new ArrayList<>();
        if (json.isTextual()) {
            values.add(json.asText());
        }
        json.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static List<Condition> conditions(JsonNode json) {
        List<Condition> conditions = new ArrayList<>();
        json.properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(condition -> conditions.add(Condition.read(operator.getKey(), condition))));
        return conditions;
    }

    private static AwsException malformed(String why) {
        return new AwsException("MalformedPolicyDocument", "Syntax errors in policy: " + why + ".");
    }

    boolean isAbout(Access access) {
        return actions.stream().anyMatch(each -> Wildcard.matchesIgnoringCase(each, access.action())) != exceptActions
                && resources.stream().anyMatch(each -> Wildcard.matches(each, access.resource())) != exceptResources
                && areMet(access.context());
    }

    private boolean areMet(Map<String, String> context) {
        return conditions.stream().allMatch(condition -> condition.isMet(context));
    }
}
