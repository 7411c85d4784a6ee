package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Login;
import java.util.Optional;

/** Who is known at which registry: the target's by its settings or ECR, the others by Docker's own configuration. */
final class Logins implements Login.Source {
    private final ImageSettings settings;
    private final EcrTokens tokens;
    private final Login.Source others;

    Logins(ImageSettings settings, EcrTokens tokens) {
        this(settings, tokens, DockerConfig.ofThisMachine());
    }

    Logins(ImageSettings settings, EcrTokens tokens, Login.Source others) {
        this.settings = settings;
        this.tokens = tokens;
        this.others = others;
    }

    /** Who is known without a call to AWS, where the image does not go to ECR. */
    static Login.Source withoutAws(ImageSettings settings, String target) {
        Login.Source others = DockerConfig.ofThisMachine();
        return host ->
                (host.equals(target) ? ofSettings(settings) : Optional.<Login>empty()).or(() -> others.login(host));
    }

    @Override
    public Optional<Login> login(String host) {
        return others.login(host).or(() -> tokens.login(host));
    }

    /** What Docker's own configuration does not know. */
    Optional<Login> own(String host) {
        return others.login(host).isEmpty() ? tokens.login(host) : Optional.empty();
    }

    /** The same at the registry that the image goes to. */
    Optional<Login> ownTarget() {
        return settings.registry().isEmpty() ? Optional.of(tokens.own()) : ofSettings(settings);
    }

    private static Optional<Login> ofSettings(ImageSettings settings) {
        return settings.username().flatMap(user -> settings.password().map(password -> new Login(user, password)));
    }

    /** At the registry that the image goes to. */
    Optional<Login> target(String host) {
        return ownTarget().or(() -> login(host));
    }
}
