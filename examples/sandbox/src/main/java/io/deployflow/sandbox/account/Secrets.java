package io.deployflow.sandbox.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The secrets of an account in a region. */
public final class Secrets {

    /** A hyphen and six characters. */
    private static final int SUFFIX = 7;

    private final Map<String, Secret> byName = new LinkedHashMap<>();

    /**
     * Adds or replaces a secret.
     *
     * @param secret the secret
     */
    public void put(Secret secret) {
        byName.put(secret.name(), secret);
    }

    /**
     * Removes a secret.
     *
     * @param secret the secret
     */
    public void remove(Secret secret) {
        byName.remove(secret.name());
    }

    /**
     * Finds a secret.
     *
     * @param id its name, its ARN, or its ARN without the six characters at the end
     * @return empty when there is none
     */
    public Optional<Secret> find(String id) {
        return byName.values().stream().filter(secret -> is(secret, id)).findFirst();
    }

    private static boolean is(Secret secret, String id) {
        String arn = secret.arn();
        return id.equals(secret.name()) || id.equals(arn) || id.equals(arn.substring(0, arn.length() - SUFFIX));
    }
}
