package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.DeployException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks, as AWS knows them. Not thread-safe. */
final class Callers {
    private static final String SESSION = ":assumed-role/";

    private final AwsClients clients;
    private @Nullable String arn;

    Callers(AwsClients clients) {
        this.clients = clients;
    }

    /** The ARN of who asks: a user, or the session of a role. */
    String current() {
        String known = AwsErrors.reading(
                AwsCall.FREE,
                () -> clients.identity().getCallerIdentity(request -> {}).arn());
        arn = known;
        return known;
    }

    boolean isKnown() {
        return arn != null;
    }

    /** The user or role whose policies count; empty for the account's root and for what is federated. */
    Optional<String> principal() {
        return Optional.ofNullable(arn).flatMap(this::principal);
    }

    private Optional<String> principal(String caller) {
        if (caller.contains(SESSION)) {
            String role =
                    caller.substring(caller.indexOf(SESSION) + SESSION.length()).split("/", -1)[0];
            return Optional.of(roleArn(caller, role));
        }
        return Optional.of(caller).filter(user -> user.contains(":user/"));
    }

    /** A session does not tell the path of its role; where it may not be asked for, the role has none, as most. */
    private String roleArn(String caller, String role) {
        try {
            return new RoleChecks(clients).role(role).arn();
        } catch (DeployException e) {
            String[] parts = caller.split(":", -1);
            return "arn:" + parts[1] + ":iam::" + parts[4] + ":role/" + role;
        }
    }

    /** Of somebody whose permissions IAM does not simulate. */
    Check unnamed() {
        return arn != null && arn.endsWith(":root")
                ? Check.ok("permissions", "root", "the account's root may do everything")
                : Check.unknown(
                        "permissions",
                        String.valueOf(arn),
                        "IAM simulates only the permissions of users and roles",
                        "Compare them with what 'verify --policy' prints.");
    }
}
