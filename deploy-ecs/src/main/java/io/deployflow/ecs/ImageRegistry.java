package io.deployflow.ecs;

import com.github.dockerjava.api.model.AuthConfig;
import io.deployflow.ConfigurationException;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.Login;
import io.deployflow.ecs.internal.registry.Pause;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.ecs.internal.registry.RepositoryName;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Where the target's images are: its repository, and who may push to it. */
final class ImageRegistry {
    private static final String HUB_ADDRESS = "https://index.docker.io/v1/";

    private final AwsClients clients;
    private final ImageSettings settings;
    private final Logins logins;
    private final Lazy<ImageReference> repository;

    ImageRegistry(AwsClients clients, ImageSettings settings, Clock clock) {
        this.clients = clients;
        this.settings = settings;
        this.logins = new Logins(settings, new EcrTokens(clients, clock));
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
        String host = repositoryName(image).host();
        return login(host)
                .map(login -> new AuthConfig()
                        .withRegistryAddress(image.registry().orElse(HUB_ADDRESS))
                        .withUsername(login.user())
                        .withPassword(login.password().reveal()));
    }

    /** Who is known at a registry; the target's own is asked for first. */
    Optional<Login> login(String host) {
        return isTarget(host) ? logins.target(host) : logins.login(host);
    }

    /** The same as far as Docker's own configuration does not know it. */
    Optional<Login> ownLogin(String host) {
        return isTarget(host) ? logins.ownTarget().or(() -> logins.own(host)) : logins.own(host);
    }

    private boolean isTarget(String host) {
        return host.equals(repositoryName(repository()).host());
    }

    /** Where an image's repository is. */
    static RepositoryName repositoryName(ImageReference image) {
        return RepositoryName.of(image.registry().orElse(""), image.path());
    }

    /**
     * The digest that the target's registry has under a tag; empty where it has none.
     *
     * @throws RegistryException if a registry that is not ECR does not say it
     */
    Optional<String> digestOf(String tag, DeployContext context) {
        return settings.registry().isPresent() ? digestInRegistry(tag, context) : digestInEcr(tag);
    }

    private Optional<String> digestInRegistry(String tag, DeployContext context) {
        return inRegistry(
                context, there -> there.digest(tag).or(() -> there.manifest(tag).map(Digests::of)));
    }

    /**
     * The digest that the target's registry itself has under a tag; empty where the tag is none, or another image.
     *
     * @param id the digest of the image's configuration, by which an engine knows it
     * @throws RegistryException if the registry does not say it
     */
    Optional<String> digestOf(String tag, String id, DeployContext context) {
        return inRegistry(
                context,
                there -> there.manifest(tag)
                        .filter(document -> configuration(document).equals(id))
                        .map(Digests::of));
    }

    private static String configuration(byte[] document) {
        try {
            return Json.read(document).path("config").path("digest").asText();
        } catch (IOException e) {
            throw new RegistryException("the registry's manifest is no JSON: " + e.getMessage(), 0, e);
        }
    }

    private <T> T inRegistry(DeployContext context, Function<RegistryRepository, T> question) {
        try (RegistryHttp http = new RegistryHttp(this::login, context.cancellation(), Pause.real(), context::asked)) {
            return question.apply(RegistryRepository.pulling(http, repositoryName(repository())));
        }
    }

    /** The digest that ECR has under a tag; empty where it has none. */
    Optional<String> digestInEcr(String tag) {
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
