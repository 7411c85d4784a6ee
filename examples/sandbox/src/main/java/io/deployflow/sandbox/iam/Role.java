package io.deployflow.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A role.
 *
 * @param account its account
 * @param path {@code /}, or {@code /teams/}
 * @param name its name
 * @param trust the policy that says who may assume it
 * @param createdAt when it was made
 */
public record Role(String account, String path, String name, ObjectNode trust, Instant createdAt) {

    /** {@return its ARN} */
    public String arn() {
        return "arn:aws:iam::%s:role%s%s".formatted(account, path, name);
    }

    /** {@return its unique id} */
    public String id() {
        return "AROA" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /**
     * Trusts ECS tasks, and whoever in its own account may assume roles.
     *
     * @param account the role's account
     * @return the document of a role that is made without one
     */
    public static ObjectNode usualTrust(String account) {
        ObjectNode trust = Json.object().put("Version", "2012-10-17");
        trust.putArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "sts:AssumeRole")
                .putObject("Principal")
                .put("Service", "ecs-tasks.amazonaws.com")
                .put("AWS", root(account));
        return trust;
    }

    private static String root(String account) {
        return "arn:aws:iam::%s:root".formatted(account);
    }

    /**
     * Whether it may be assumed by somebody, as far as it is concerned.
     *
     * @param principal who wants to
     * @return whether a statement names the principal, its account, or everybody
     */
    public boolean trusts(Principal principal) {
        JsonNode statements = trust.path("Statement");
        return (statements.isArray() ? statements.valueStream() : Stream.of(statements))
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .map(statement -> statement.path("Principal"))
                .anyMatch(named -> names(named, principal));
    }

    private static boolean names(JsonNode named, Principal principal) {
        List<String> aws = Statement.oneOrMore(named.isTextual() ? named : named.path("AWS"));
        return aws.stream()
                .anyMatch(each -> List.of(
                                "*",
                                principal.arn(),
                                principal.entity(),
                                principal.account(),
                                root(principal.account()))
                        .contains(each));
    }
}
