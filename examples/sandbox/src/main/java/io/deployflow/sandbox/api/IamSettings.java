package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Clouds;
import io.deployflow.sandbox.iam.Identities;
import io.deployflow.sandbox.iam.Policy;
import io.deployflow.sandbox.iam.Principal;
import io.deployflow.sandbox.iam.Role;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.util.ArrayList;
import java.util.List;

/**
 * The path {@code /_sandbox/iam}: makes users and roles, and holds them to policies. A user or role that is given no
 * {@code policies} may do everything.
 *
 * <pre>{@code
 * {"users": [{"userName": "sandbox", "policies": [{"Statement": [...]}]},
 *            {"userName": "ci", "accessKeyId": "AKIACI", "policies": [...]}],
 *  "roles": [{"roleName": "deploy", "account": "210987654321", "trust": {...}, "policies": [...]}]}
 * }</pre>
 */
final class IamSettings {

    private final Clouds clouds;
    private final Identities identities;

    IamSettings(Clouds clouds) {
        this.clouds = clouds;
        this.identities = clouds.identities();
    }

    void addTo(Operations operations) {
        operations
                .add(Api.OWN, "GET iam", request -> view())
                .add(Api.OWN, "POST iam", this::add)
                .add(Api.OWN, "DELETE iam", this::clear);
    }

    private ObjectNode add(ObjectNode request) {
        request.path("users").forEach(this::addUser);
        request.path("roles").forEach(this::addRole);
        return view();
    }

    private ObjectNode clear(ObjectNode request) {
        identities.clear();
        return view();
    }

    private void addUser(JsonNode user) {
        Principal principal = Principal.user(account(user), name(user, "userName"));
        Json.text(user, "accessKeyId").ifPresent(key -> identities.addKey(key, principal));
        enforce(principal.arn(), user);
    }

    private void addRole(JsonNode role) {
        String account = account(role);
        ObjectNode trust = role.path("trust") instanceof ObjectNode given ? given.deepCopy() : Role.usualTrust(account);
        Role made = new Role(
                account,
                role.path("path").asText("/"),
                name(role, "roleName"),
                trust,
                clouds.home().now());
        identities.addRole(made);
        enforce(made.arn(), role);
    }

    private void enforce(String entity, JsonNode given) {
        if (given.has("policies")) {
            List<Policy> policies = new ArrayList<>();
            for (JsonNode document : given.path("policies")) {
                policies.add(Policy.read(Json.parse(document.toString())));
            }
            identities.enforce(entity, policies);
        }
    }

    private String account(JsonNode given) {
        return given.path("account").asText(clouds.home().arns().account());
    }

    private static String name(JsonNode given, String field) {
        return Json.text(given, field)
                .orElseThrow(() -> AwsException.invalid("%s is missing in %s".formatted(field, given)));
    }

    private ObjectNode view() {
        ObjectNode view = Json.object();
        view.set(
                "roles", Json.strings(identities.roles().stream().map(Role::arn).toList()));
        ObjectNode policies = view.putObject("policies");
        identities
                .enforced()
                .forEach((entity, held) -> policies.set(
                        entity, Json.array(held.stream().map(Policy::document).toList())));
        return view;
    }
}
