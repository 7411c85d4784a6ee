package io.deployflow.ecs;

import io.deployflow.Secret;
import io.deployflow.ecs.internal.registry.Login;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** The login that ECR gives for some hours, in one region; asked for when first needed, and again before it ends. */
final class EcrToken {
    /** A token that is about to expire could do so in the middle of a push. */
    private static final Duration SPARE = Duration.ofMinutes(10);

    private final EcrClient ecr;
    private final Clock clock;
    private @Nullable Token current;

    private record Token(Login login, Instant expiresAt) {}

    EcrToken(EcrClient ecr, Clock clock) {
        this.ecr = ecr;
        this.clock = clock;
    }

    synchronized Login login() {
        Token cached = current;
        if (cached == null || !clock.instant().plus(SPARE).isBefore(cached.expiresAt())) {
            cached = ask();
            current = cached;
        }
        return cached.login();
    }

    private Token ask() {
        AuthorizationData data = AwsErrors.reading(
                "ecr:GetAuthorizationToken",
                () -> ecr.getAuthorizationToken().authorizationData().get(0));
        String decoded = new String(Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        Login login = new Login(decoded.substring(0, colon), Secret.of(decoded.substring(colon + 1)));
        return new Token(login, data.expiresAt());
    }
}
