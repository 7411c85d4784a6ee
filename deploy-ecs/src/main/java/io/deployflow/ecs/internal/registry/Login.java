package io.deployflow.ecs.internal.registry;

import io.deployflow.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Who asks a registry.
 *
 * @param user the name; {@code <token>} where the password is an identity token
 * @param password its password, or the token
 */
public record Login(String user, Secret password) {
    private static final String TOKEN_USER = "<token>";

    /** Checks that nothing is missing. */
    public Login {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Who is known at a registry. */
    @FunctionalInterface
    public interface Source {
        /**
         * Asked once a registry, when it is first reached.
         *
         * @param host the registry's
         */
        Optional<Login> login(String host);
    }

    boolean isIdentityToken() {
        return user.equals(TOKEN_USER);
    }

    String basic() {
        return "Basic " + pair();
    }

    /** Both, as headers and Docker's configuration have them. */
    String pair() {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(pair);
    }
}
