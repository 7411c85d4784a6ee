package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.ecs.internal.registry.Blob;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.OciServer;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.ecs.internal.registry.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can befall a request to a registry, at every one for which ECR asks for a permission. */
class EveryRegistryCallTest {
    private static final int ALWAYS = 1000;
    private static final byte[] SMALL = "a small blob".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LARGE = new byte[40_000_000];

    private final OciServer server = new OciServer();

    @AfterEach
    void stop() {
        server.close();
    }

    /** A request, and what it does there when it was carried out once. */
    private enum Ask {
        BATCH_CHECK_LAYER_AVAILABILITY("HEAD", "/blobs/"),
        INITIATE_LAYER_UPLOAD("POST", "/blobs/uploads/"),
        UPLOAD_LAYER_PART("PATCH", "/blobs/uploads/"),
        COMPLETE_LAYER_UPLOAD("PUT", "/blobs/uploads/"),
        PUT_IMAGE("PUT", "/manifests/"),
        BATCH_GET_IMAGE("GET", "/manifests/"),
        GET_DOWNLOAD_URL_FOR_LAYER("GET", "/blobs/");

        private final String method;
        private final String path;

        Ask(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /** {@code PUT_IMAGE} is {@code ecr:PutImage}. */
        String action() {
            return "ecr:"
                    + Arrays.stream(name().split("_"))
                            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                            .reduce("", String::concat);
        }

        boolean isDone(OciServer server, RegistryRepository repository) {
            return switch (this) {
                case BATCH_CHECK_LAYER_AVAILABILITY -> repository.hasBlob(server.put("app", SMALL));
                case INITIATE_LAYER_UPLOAD, COMPLETE_LAYER_UPLOAD -> isUploaded(server, repository, SMALL);
                case UPLOAD_LAYER_PART -> isUploaded(server, repository, LARGE);
                case PUT_IMAGE -> isPut(server, repository);
                case BATCH_GET_IMAGE -> {
                    server.putManifest("app", "1", MediaTypes.MANIFEST, SMALL);
                    yield repository.manifest("1").isPresent();
                }
                case GET_DOWNLOAD_URL_FOR_LAYER ->
                    repository.blob(server.put("app", SMALL), 0).offset() == 0;
            };
        }

        private static boolean isUploaded(OciServer server, RegistryRepository repository, byte[] blob) {
            repository.upload(Blob.of(blob), sent -> {});
            return server.blobs.containsKey("app@" + Digests.of(blob));
        }

        private static boolean isPut(OciServer server, RegistryRepository repository) {
            repository.putManifest("1", MediaTypes.MANIFEST, SMALL);
            return server.manifests.containsKey("app:1");
        }
    }

    static Stream<Arguments> passing() {
        return Arrays.stream(Ask.values())
                .flatMap(ask -> Stream.of(429, 500, 503, 0).map(status -> Arguments.of(ask, status)))
                .filter(EveryRegistryCallTest::isQuick);
    }

    /** Status 0 breaks the connection before there is an answer. */
    @ParameterizedTest
    @MethodSource("passing")
    void whatPasses_isRiddenOut(Ask ask, int status) {
        befall(ask, status, 2);

        assertThat(ask.isDone(server, repository())).isTrue();
    }

    static Stream<Arguments> lasting() {
        return Arrays.stream(Ask.values())
                .flatMap(ask -> Stream.of(401, 403, 500, 0).map(status -> Arguments.of(ask, status)))
                .filter(arguments -> !isAnswered(arguments))
                .filter(EveryRegistryCallTest::isQuick);
    }

    /** Only a large layer is sent in parts, which takes its time: how one breaks off has tests of its own. */
    private static boolean isQuick(Arguments arguments) {
        return arguments.get()[0] != Ask.UPLOAD_LAYER_PART
                || List.of(503, 403).contains(arguments.get()[1]);
    }

    /** A layer whose content breaks off is an answer: whoever reads it asks for the rest. */
    private static boolean isAnswered(Arguments arguments) {
        return arguments.get()[0] == Ask.GET_DOWNLOAD_URL_FOR_LAYER && arguments.get()[1].equals(0);
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatLasts_isSaidWithItsKind(Ask ask, int status) {
        befall(ask, status, ALWAYS);

        assertThatThrownBy(() -> ask.isDone(server, repository()))
                .isInstanceOfSatisfying(RegistryException.class, failure -> {
                    assertThat(failure.isRefusal()).isEqualTo(status == 401 || status == 403);
                    assertThat(failure.isPassing()).isEqualTo(status == 500 || status == 0);
                    assertThat(failure).hasMessageContaining("registry");
                });
    }

    private void befall(Ask ask, int status, int times) {
        for (int time = 0; time < times; time++) {
            if (status == 0) {
                server.breakAfter(ask.method, ask.path, 0);
            } else {
                server.fail(ask.method, ask.path, status, "ON_DEMAND");
            }
        }
    }

    private RegistryRepository repository() {
        RegistryHttp http = new RegistryHttp(host -> Optional.empty(), CancellationToken.create(), (time, token) -> {});
        return RegistryRepository.pushing(http, new RepositoryName(server.host(), "app"), List.of());
    }

    @Test
    void asks_areAllThatEcrAsksAPermissionFor() {
        assertThat(Arrays.stream(Ask.values()).map(Ask::action))
                .containsExactlyInAnyOrderElementsOf(AwsCall.ALL.stream()
                        .filter(call -> call.origin() == AwsCall.Origin.REGISTRY)
                        .map(AwsCall::action)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void asks_makeTheirRequest(Ask ask) {
        assertThat(ask.isDone(server, repository())).isTrue();

        assertThat(server.requests)
                .anyMatch(request -> request.startsWith(ask.method + " ") && request.contains(ask.path));
    }
}
