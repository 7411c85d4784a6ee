package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;

/** Whether the repository is there that the image is pushed to, and takes it. */
final class RepositoryCheck {
    private static final String NAME = "image repository";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final EcsSettings settings;
    private final ImageRegistry registry;
    private final Supplier<Repository> ecr;

    /**
     * For one target.
     *
     * @param ecr the repository in ECR, if that is where it is
     */
    RepositoryCheck(EcsSettings settings, ImageRegistry registry, Supplier<Repository> ecr) {
        this.settings = settings;
        this.registry = registry;
        this.ecr = ecr;
    }

    /** Checks the repository, and where it is in ECR that there is a login for it. */
    List<Check> run() {
        Optional<String> own = settings.image().registry();
        String unit = settings.image().repository();
        return own.map(host -> List.of(ownRegistry(host))).orElseGet(() -> ofEcr(unit));
    }

    /** A repository that is not there is said once. */
    private List<Check> ofEcr(String unit) {
        Check repository = Checking.of(NAME, unit, this::inEcr);
        return Checking.failure(ecr).isPresent()
                ? List.of(repository)
                : List.of(repository, Checking.of("registry login", unit, () -> {
                    registry.auth(registry.repository());
                    return "a token is given";
                }));
    }

    private String inEcr() {
        Repository there = ecr.get();
        String tag = settings.image().tag();
        boolean isFixed = there.imageTagMutability() == ImageTagMutability.IMMUTABLE && !tag.contains("{revision}");
        if (isFixed && registry.digestInEcr(tag).isPresent()) {
            throw new ConfigurationException(
                    "tag '" + tag + "' of " + there.repositoryName() + " is there already, and tags cannot be changed",
                    "Put {revision} into 'image.tag'.");
        }
        return there.repositoryUri() + " is there";
    }

    /** A registry makes its repositories when they are pushed to; that it answers is all that there is to see. */
    private Check ownRegistry(String host) {
        Optional<String> answer = ask("https://" + host);
        if (answer.isEmpty() && host.matches("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?")) {
            answer = ask("http://" + host);
        }
        return answer.map(text -> Check.ok(NAME, host, text))
                .orElseGet(() -> Check.unknown(
                        NAME,
                        host,
                        "no registry answers at https://" + host + "/v2/ from here",
                        "Check 'image.registry'. If only the Docker engine reaches it, try 'docker push'."));
    }

    private static Optional<String> ask(String base) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v2/"))
                    .timeout(PATIENCE)
                    .build();
            int status = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == OK || status == UNAUTHORIZED
                    ? Optional.of("a registry answers" + (status == OK ? "" : ", and asks who pushes"))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
