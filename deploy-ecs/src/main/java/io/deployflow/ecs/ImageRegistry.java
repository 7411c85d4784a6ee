package io.deployflow.ecs;

import com.github.dockerjava.api.model.AuthConfig;
import io.deployflow.ConfigurationException;
import io.deployflow.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Where the target's images are: its repository, and who may push to it. */
final class ImageRegistry {
    /** A token that is about to expire could do so in the middle of a push. */
    private static final Duration SPARE = Duration.ofMinutes(10);

    private final AwsClients clients;
    private final ImageSettings settings;
    private final DockerEngine engine;
    private final Clock clock;
    private final Lazy<ImageReference> repository;
    private @Nullable Token token;

    private record Token(Secret password, String user, Instant expiresAt) {}

    ImageRegistry(AwsClients clients, ImageSettings settings, DockerEngine engine, Clock clock) {
        this.clients = clients;
        this.settings = settings;
        this.engine = engine;
        this.clock = clock;
        this.repository = new Lazy<>(this::findRepository);
    }

    /**
     * The repository to push to, without a tag.
     *
     * @throws ConfigurationException if ECR has none of the name
     */
    ImageReference repository() {
        return repository.get();
    }

    private ImageReference findRepository() {
        return ImageReference.parse(settings.registry()
                .map(host -> host + "/" + settings.repository())
                .orElseGet(() -> inEcr().repositoryUri()));
    }

    /**
     * The repository as ECR describes it.
     *
     * @throws ConfigurationException if ECR has none of the name
     */
    Repository inEcr() {
        return AwsErrors.reading("ecr:DescribeRepositories", () -> {
            try {
                return clients.ecr()
                        .describeRepositories(request -> request.repositoryNames(settings.repository()))
                        .repositories()
                        .get(0);
            } catch (RepositoryNotFoundException e) {
                throw new ConfigurationException(
                        "ECR has no repository '" + settings.repository() + "'",
                        Nearest.remedy("image.repository", settings.repository(), this::repositoryNames),
                        null,
                        e);
            }
        });
    }

    private List<String> repositoryNames() {
        return AwsErrors.reading(
                "ecr:DescribeRepositories",
                () -> clients.ecr().describeRepositoriesPaginator().repositories().stream()
                        .map(Repository::repositoryName)
                        .toList());
    }

    /** What the engine needs to push an image or to pull it; empty where nobody is known. */
    Optional<AuthConfig> auth(ImageReference image) {
        if (!image.registry().equals(repository().registry())) {
            return engine.auth(image);
        }
        if (settings.registry().isEmpty()) {
            Token current = token();
            return Optional.of(login(image, current.user(), current.password()));
        }
        return settings.username()
                .flatMap(user -> settings.password().map(password -> login(image, user, password)))
                .or(() -> engine.auth(image));
    }

    private static AuthConfig login(ImageReference image, String user, Secret password) {
        return new AuthConfig()
                .withRegistryAddress(image.registry().orElseThrow())
                .withUsername(user)
                .withPassword(password.reveal());
    }

    private synchronized Token token() {
        Token cached = token;
        if (cached == null || !clock.instant().plus(SPARE).isBefore(cached.expiresAt())) {
            cached = newToken();
            token = cached;
        }
        return cached;
    }

    private Token newToken() {
        AuthorizationData data = AwsErrors.reading(
                "ecr:GetAuthorizationToken",
                () -> clients.ecr().getAuthorizationToken().authorizationData().get(0));
        String decoded = new String(Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        return new Token(Secret.of(decoded.substring(colon + 1)), decoded.substring(0, colon), data.expiresAt());
    }

    /** The digest that ECR has under a tag; empty where it has none, or where the registry is not ECR. */
    Optional<String> digestOf(String tag) {
        if (settings.registry().isPresent()) {
            return Optional.empty();
        }
        return AwsErrors.reading("ecr:DescribeImages", () -> {
            try {
                return clients
                        .ecr()
                        .describeImages(request -> request.repositoryName(settings.repository())
                                .imageIds(
                                        ImageIdentifier.builder().imageTag(tag).build()))
                        .imageDetails()
                        .stream()
                        .findFirst()
                        .map(ImageDetail::imageDigest);
            } catch (ImageNotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
