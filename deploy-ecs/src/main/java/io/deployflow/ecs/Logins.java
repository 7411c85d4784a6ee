package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Login;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who is known at which registry: the target's by its settings or ECR, the others by Docker's own configuration. */
final class Logins implements Login.Source {
    private static final Pattern ECR = Pattern.compile("\\d{12}\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    private final ImageSettings settings;
    private final EcrToken token;
    private final Login.Source others;

    Logins(ImageSettings settings, EcrToken token) {
        this(settings, token, DockerConfig.ofThisMachine());
    }

    Logins(ImageSettings settings, EcrToken token, Login.Source others) {
        this.settings = settings;
        this.token = token;
        this.others = others;
    }

    /** Who is known without a call to AWS, where the image does not go to ECR. */
    static Login.Source withoutAws(ImageSettings settings, String target) {
        Login.Source others = DockerConfig.ofThisMachine();
        return host ->
                (host.equals(target) ? ofSettings(settings) : Optional.<Login>empty()).or(() -> others.login(host));
    }

    /** Whether a registry is ECR's. */
    static boolean isEcr(String host) {
        return ECR.matcher(host).matches();
    }

    @Override
    public Optional<Login> login(String host) {
        return others.login(host).or(() -> isEcr(host) ? Optional.of(token.login()) : Optional.empty());
    }

    /** What Docker's own configuration does not know. */
    Optional<Login> own(String host) {
        return isEcr(host) && others.login(host).isEmpty() ? Optional.of(token.login()) : Optional.empty();
    }

    /** The same at the registry that the image goes to. */
    Optional<Login> ownTarget() {
        return settings.registry().isEmpty() ? Optional.of(token.login()) : ofSettings(settings);
    }

    private static Optional<Login> ofSettings(ImageSettings settings) {
        return settings.username().flatMap(user -> settings.password().map(password -> new Login(user, password)));
    }

    /** At the registry that the image goes to. */
    Optional<Login> target(String host) {
        return ownTarget().or(() -> login(host));
    }
}
