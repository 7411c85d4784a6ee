package io.deployflow.sandbox.iam;

import io.deployflow.sandbox.wire.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users, roles, sessions and what they are allowed, of every account. Whoever has no policy at all may do everything: a
 * sandbox enforces only what it was told to. Not thread-safe.
 */
public final class Identities {

    private static final String USER = "sandbox";

    private final Principal user;
    private final Map<String, Principal> byAccessKey = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, List<Policy>> policies = new LinkedHashMap<>();

    /**
     * With one user, who may do everything and whose every access key is that is not known otherwise.
     *
     * @param account the user's account
     */
    public Identities(String account) {
        user = Principal.user(account, USER);
    }

    /**
     * Who a caller is.
     *
     * @param caller who calls
     * @return its principal
     */
    public Principal principal(Caller caller) {
        return byAccessKey.getOrDefault(caller.accessKey(), user);
    }

    /**
     * Gives an access key to somebody.
     *
     * @param accessKey the key's id
     * @param principal whose it is
     */
    public void addKey(String accessKey, Principal principal) {
        byAccessKey.put(accessKey, principal);
    }

    /**
     * Adds or replaces a role.
     *
     * @param role the role
     */
    public void addRole(Role role) {
        roles.put(role.arn(), role);
    }

    /** {@return every role} */
    public List<Role> roles() {
        return List.copyOf(roles.values());
    }

    /**
     * Finds a role.
     *
     * @param arn its ARN
     * @return empty when there is none
     */
    public Optional<Role> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    /**
     * Finds a role by its name.
     *
     * @param account its account
     * @param name its name
     * @return empty when there is none
     */
    public Optional<Role> role(String account, String name) {
        return roles.values().stream()
                .filter(role -> role.account().equals(account) && role.name().equals(name))
                .findFirst();
    }

    /**
     * Sets what a user or role is allowed; from then on nothing else is.
     *
     * @param entity the ARN of a user or role
     * @param allowed its policies
     */
    public void enforce(String entity, List<Policy> allowed) {
        policies.put(entity, List.copyOf(allowed));
    }

    /** {@return the policies of every user and role that is held to some, by its ARN} */
    public Map<String, List<Policy>> enforced() {
        return policies;
    }

    /**
     * Whether there is such a user or role.
     *
     * @param entity the ARN of a user or role
     * @return whether
     */
    public boolean exists(String entity) {
        return roles.containsKey(entity)
                || entity.equals(user.arn())
                || byAccessKey.values().stream().anyMatch(each -> each.arn().equals(entity));
    }

    /**
     * Decides about an access.
     *
     * @param entity the ARN of a user or role
     * @param access what it wants
     * @return allowed when it is held to no policy
     */
    public Decision decide(String entity, Access access) {
        return Optional.ofNullable(policies.get(entity))
                .map(held -> Policy.decide(held, access))
                .orElse(Decision.ALLOWED);
    }

    /** Forgets all users, roles, sessions and policies that were added. */
    public void clear() {
        byAccessKey.clear();
        roles.clear();
        policies.clear();
    }
}
