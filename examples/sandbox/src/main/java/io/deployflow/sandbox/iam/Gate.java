package io.deployflow.sandbox.iam;

import io.deployflow.sandbox.wire.Refusal;
import io.deployflow.sandbox.wire.Refusal.Kind;
import java.time.Instant;
import java.util.List;

/** Lets a principal through, or refuses it in AWS's words. */
public final class Gate {

    private final Identities identities;

    /**
     * Over the identities that there are.
     *
     * @param identities who is allowed what
     */
    public Gate(Identities identities) {
        this.identities = identities;
    }

    /**
     * Checks everything that a call needs.
     *
     * @param principal who calls
     * @param needed what the call needs
     * @param now the time
     * @throws Refusal when something is not allowed, or the credentials have expired
     */
    public void check(Principal principal, List<Access> needed, Instant now) {
        if (!now.isBefore(principal.expiresAt())) {
            throw Refusal.expired();
        }
        needed.forEach(access -> check(principal, access));
    }

    private void check(Principal principal, Access access) {
        Decision decision = identities.decide(principal.entity(), access);
        if (decision != Decision.ALLOWED && !isFree(access)) {
            throw new Refusal(Kind.DENIED, message(principal, access, decision));
        }
    }

    /** Whoever has credentials may ask whose they are. */
    private static boolean isFree(Access access) {
        return access.action().equals("sts:GetCallerIdentity");
    }

    /**
     * The sentence of a refusal. Load balancing and role assumption leave out what the others say.
     *
     * @param principal who is refused
     * @param access what it wanted
     * @param decision why it may not
     * @return AWS's sentence
     */
    static String message(Principal principal, Access access, Decision decision) {
        boolean named = !access.action().startsWith("elasticloadbalancing:")
                || !access.resource().equals("*");
        return "User: %s is not authorized to perform: %s%s%s"
                .formatted(
                        principal.arn(),
                        access.action(),
                        named ? " on resource: " + shown(access) : "",
                        why(access, decision));
    }

    /** IAM names its own roles by name. */
    private static String shown(Access access) {
        int role = access.resource().indexOf(":role/");
        return role >= 0 && access.action().equals("iam:GetRole")
                ? "role " + access.resource().substring(access.resource().lastIndexOf('/') + 1)
                : access.resource();
    }

    private static String why(Access access, Decision decision) {
        if (decision == Decision.EXPLICIT_DENY) {
            return " with an explicit deny in an identity-based policy";
        }
        return access.action().equals("sts:AssumeRole")
                ? ""
                : " because no identity-based policy allows the %s action".formatted(access.action());
    }
}
