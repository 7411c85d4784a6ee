package io.deployflow.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An identity-based policy.
 *
 * @param document as it was given
 * @param statements what it says
 */
public record Policy(ObjectNode document, List<Statement> statements) {

    /**
     * Reads a policy document.
     *
     * @param document with {@code Statement}: one, or an array
     * @return the policy
     * @throws io.deployflow.sandbox.wire.AwsException when it is not well formed
     */
    public static Policy read(ObjectNode document) {
        JsonNode given = document.path("Statement");
        List<Statement> statements = new ArrayList<>();
        (given.isArray() ? given.valueStream() : Stream.of(given))
                .map(Statement::read)
                .forEach(statements::add);
        return new Policy(document.deepCopy(), List.copyOf(statements));
    }

    /**
     * What policies together say to an access: a Deny always wins.
     *
     * @param policies all policies of the principal
     * @param access what it wants
     * @return their decision
     */
    public static Decision decide(List<Policy> policies, Access access) {
        List<Statement> about = policies.stream()
                .flatMap(policy -> policy.statements().stream())
                .filter(statement -> statement.isAbout(access))
                .toList();
        if (about.isEmpty()) {
            return Decision.IMPLICIT_DENY;
        }
        return about.stream().allMatch(Statement::allows) ? Decision.ALLOWED : Decision.EXPLICIT_DENY;
    }
}
