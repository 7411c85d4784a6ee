package io.deployflow.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.wire.AwsException;
import java.util.List;
import java.util.Map;

/**
 * A condition of a statement: the key's value must be one of those wanted. A key that an access does not have never
 * meets it, as in AWS.
 *
 * @param operator StringEquals, StringLike, ArnEquals or ArnLike
 * @param key as {@code ecs:cluster}
 * @param wanted values, or patterns
 */
record Condition(String operator, String key, List<String> wanted) {

    private static final List<String> OPERATORS = List.of("StringEquals", "StringLike", "ArnEquals", "ArnLike");

    Condition {
        if (!OPERATORS.contains(operator)) {
            throw AwsException.invalid(
                    "The sandbox knows the condition operators %s, not %s: leave it out of the policy."
                            .formatted(OPERATORS, operator));
        }
    }

    static Condition read(String operator, Map.Entry<String, JsonNode> condition) {
        return new Condition(operator, condition.getKey(), Statement.oneOrMore(condition.getValue()));
    }

    boolean isMet(Map<String, String> context) {
        String actual = context.get(key);
        return actual != null && wanted.stream().anyMatch(each -> matches(each, actual));
    }

    private boolean matches(String pattern, String actual) {
        return operator.equals("StringEquals") ? pattern.equals(actual) : Wildcard.matches(pattern, actual);
    }
}
