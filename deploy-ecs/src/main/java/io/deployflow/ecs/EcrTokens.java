package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.Login;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The logins at ECR: one opens the registries of every account that lets these credentials in, of one region alone. */
final class EcrTokens {
    private static final Pattern HOST = Pattern.compile("\\d{12}\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    private final AwsClients clients;
    private final Clock clock;
    private final Map<EcrClient, EcrToken> tokens = new ConcurrentHashMap<>();

    EcrTokens(AwsClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** Whether a registry is ECR's. */
    static boolean isEcr(String host) {
        return HOST.matcher(host).matches();
    }

    /** In the target's own region. */
    Login own() {
        return token(clients.ecr());
    }

    /** At a registry, in the region that its name tells; empty where it is not ECR's. */
    Optional<Login> login(String host) {
        Matcher named = HOST.matcher(host);
        return named.matches() ? Optional.of(token(clients.ecr(named.group(1)))) : Optional.empty();
    }

    private Login token(EcrClient ecr) {
        return tokens.computeIfAbsent(ecr, client -> new EcrToken(client, clock))
                .login();
    }
}
