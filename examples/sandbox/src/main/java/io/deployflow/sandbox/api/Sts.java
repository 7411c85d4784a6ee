package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.iam.Identities;
import io.deployflow.sandbox.iam.Principal;
import io.deployflow.sandbox.iam.Role;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Operations on identities, for one caller. */
final class Sts {

    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Cloud cloud;
    private final Identities identities;
    private final Principal caller;

    Sts(Cloud cloud, Identities identities, Principal caller) {
        this.cloud = cloud;
        this.identities = identities;
        this.caller = caller;
    }

    void addTo(Operations operations) {
        operations.add("sts", "GetCallerIdentity", this::identity).add("sts", "AssumeRole", this::assume);
    }

    private ObjectNode identity(ObjectNode request) {
        return Json.object()
                .put("Arn", caller.arn())
                .put("UserId", caller.userId())
                .put("Account", caller.account());
    }

    private ObjectNode assume(ObjectNode request) {
        String arn = Json.required(request, "RoleArn");
        String name = Json.required(request, "RoleSessionName");
        Role role = identities
                .role(arn)
                .filter(each -> each.trusts(caller))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.DENIED,
                        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                                .formatted(caller.arn(), arn)));
        Instant expiresAt = cloud.now().plus(duration(request));
        Principal session = Principal.session(role, name, expiresAt);
        String accessKey = "ASIA" + cloud.ids().hex16().toUpperCase(Locale.ROOT);
        identities.addKey(accessKey, session);
        ObjectNode answer = Json.object();
        answer.putObject("Credentials")
                .put("AccessKeyId", accessKey)
                .put("SecretAccessKey", cloud.ids().hex16() + cloud.ids().hex16())
                .put("SessionToken", cloud.ids().hex16())
                .put("Expiration", expiresAt.toString());
        answer.putObject("AssumedRoleUser")
                .put("AssumedRoleId", session.userId())
                .put("Arn", session.arn());
        return answer.put("PackedPolicySize", 0);
    }

    private static Duration duration(ObjectNode request) {
        Duration wanted = Duration.ofSeconds(request.path("DurationSeconds").asLong(USUAL.toSeconds()));
        if (wanted.compareTo(SHORTEST) < 0 || wanted.compareTo(LONGEST) > 0) {
            throw new AwsException(
                    "ValidationError",
                    "Value at 'durationSeconds' failed to satisfy constraint: Member must have a value of %d to %d"
                            .formatted(SHORTEST.toSeconds(), LONGEST.toSeconds()));
        }
        return wanted;
    }
}
