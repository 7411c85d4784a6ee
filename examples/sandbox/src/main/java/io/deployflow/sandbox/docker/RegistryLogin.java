package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.model.AuthConfig;
import java.util.Optional;

/**
 * What it takes to pull from the sandbox's registry.
 *
 * @param endpoint {@code host:port}
 * @param user the user's name
 * @param password the user's password
 */
public record RegistryLogin(String endpoint, String user, String password) {
    Optional<AuthConfig> forImage(String reference) {
        return reference.startsWith(endpoint + "/")
                ? Optional.of(new AuthConfig()
                        .withRegistryAddress(endpoint)
                        .withUsername(user)
                        .withPassword(password))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "RegistryLogin[" + user + "@" + endpoint + "]";
    }
}
