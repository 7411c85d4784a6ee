package io.deployflow.sandbox.iam;

import java.time.Instant;
import java.util.Locale;

/**
 * Who calls.
 *
 * @param arn a user, or a role's session
 * @param entity whose policies count: the user itself, or the role
 * @param account its account, where its calls go
 * @param userId what GetCallerIdentity answers
 * @param expiresAt when its credentials stop to be good
 */
public record Principal(String arn, String entity, String account, String userId, Instant expiresAt) {

    /**
     * A user, whose credentials are good for ever.
     *
     * @param account the user's account
     * @param name the user's name
     * @return the principal
     */
    public static Principal user(String account, String name) {
        String arn = "arn:aws:iam::%s:user/%s".formatted(account, name);
        return new Principal(arn, arn, account, "AIDA" + name.toUpperCase(Locale.ROOT), Instant.MAX);
    }

    /**
     * A session of a role.
     *
     * @param role the role
     * @param name the session's name
     * @param expiresAt when its credentials stop to be good
     * @return the principal
     */
    public static Principal session(Role role, String name, Instant expiresAt) {
        String arn = "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.account(), role.name(), name);
        return new Principal(arn, role.arn(), role.account(), role.id() + ":" + name, expiresAt);
    }
}
