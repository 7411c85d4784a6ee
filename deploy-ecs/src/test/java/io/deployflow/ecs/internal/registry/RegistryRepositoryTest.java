package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryRepositoryTest {
    private static final byte[] SMALL = "a small blob".getBytes(StandardCharsets.UTF_8);

    private final OciServer server = new OciServer();
    private final CancellationToken cancellation = CancellationToken.create();
    private final List<Duration> pauses = new ArrayList<>();
    private Optional<Login> login = Optional.empty();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void failure_showsTheBeginningOfALongReason_andKnowsAllOfIt() {
        server.fail("PUT", "/manifests/", 400, "x".repeat(300) + " Immutable");

        assertThatThrownBy(() -> repository().putManifest("1", MediaTypes.MANIFEST, SMALL))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e).hasMessageContaining("xxx...").hasMessageNotContaining("Immutable");
                    assertThat(e.says("immutable")).isTrue();
                    assertThat(e.says("denied")).isFalse();
                });
    }

    @Test
    void request_whenAskedToWait_waitsAsLong() {
        for (int status : List.of(500, 503, 429)) {
            server.fail("HEAD", "/blobs/", status, "LATER");
        }

        assertThat(repository().hasBlob(Digests.of(SMALL))).isFalse();

        assertThat(pauses).containsExactly(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(1200));
    }

    @Test
    void request_thatIsRefusedForLong_saysSo() {
        for (int i = 0; i < 6; i++) {
            server.fail("HEAD", "/blobs/", 503, "DOWN");
        }

        assertThatThrownBy(() -> repository().hasBlob(Digests.of(SMALL)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.isPassing()).isTrue());
    }

    @Test
    void password_isShownOnlyWhenAskedFor() {
        login = Optional.of(new Login("bob", Secret.of("hunter2")));
        server.password = Optional.of(
                "Basic " + Base64.getEncoder().encodeToString("bob:hunter2".getBytes(StandardCharsets.UTF_8)));
        RegistryRepository repository = repository();

        repository.hasBlob(Digests.of(SMALL));
        repository.hasBlob(Digests.of(SMALL));

        // Asked for once, known the second time.
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void password_isNotShownToAnotherServer_thatUploadsAreSentTo() {
        login = Optional.of(new Login("bob", Secret.of("hunter2")));
        server.password = Optional.of(login.get().basic());
        try (OciServer other = new OciServer()) {
            server.uploadsAt = "http://" + other.host();
            other.password = Optional.of(login.get().basic());

            assertThatThrownBy(() -> repository().upload(Blob.of(SMALL), done -> {}))
                    .isInstanceOfSatisfying(RegistryException.class, e -> {
                        assertThat(e.isRefusal()).isTrue();
                        assertThat(e.remedy()).isPresent();
                    })
                    .hasMessageContainingAll(server.host(), other.host(), "none is given to another server");
            assertThat(other.logins).containsOnly("");
        }
    }

    @Test
    void server_ofARegistry_isTheOneThatItIsKnownBy_spokenToAsAlways() {
        assertThat(RepositoryName.isServer("r.test", URI.create("https://R.test:443/v2/")))
                .isTrue();
        assertThat(RepositoryName.isServer("r.test", URI.create("http://r.test/v2/")))
                .isFalse();
        assertThat(RepositoryName.isServer("r.test", URI.create("https://r.test:444/v2/")))
                .isFalse();
        assertThat(RepositoryName.isServer("r.test:5000", URI.create("https://r.test:5000/v2/")))
                .isTrue();
        assertThat(RepositoryName.isServer("docker.io", URI.create("https://registry-1.docker.io/v2/")))
                .isTrue();
    }

    @Test
    void password_thatIsWrong_isARefusal() {
        login = Optional.of(new Login("bob", Secret.of("wrong")));
        server.password = Optional.of("Basic right");

        assertThatThrownBy(() -> repository().hasBlob(Digests.of(SMALL)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.isRefusal()).isTrue());
    }

    @Test
    void manifest_thatIsNotItsDigest_isRefused() {
        String digest = server.putManifest("app", "1", MediaTypes.MANIFEST, SMALL);
        server.manifests.put("app:" + digest, "poison".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> repository().manifest(digest))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("answers with something else");
    }

    @Test
    void request_whenCancelled_ends() {
        cancellation.cancel();

        assertThatThrownBy(() -> repository().hasBlob(Digests.of(SMALL))).isInstanceOf(DeployCancelledException.class);
    }

    @Test
    void blob_whoseDownloadIsCancelled_endsInTheMiddle() throws IOException {
        byte[] large = new byte[1 << 20];
        String digest = server.put("app", large);

        try (InputStream content = repository().blob(digest, 0).content()) {
            assertThat(content.read()).isZero();
            cancellation.cancel();

            assertThatThrownBy(content::readAllBytes).isInstanceOf(DeployCancelledException.class);
        }
    }

    @Test
    void blob_whoseServerSaysNothingMore_endsWhenCancelled() throws IOException {
        String digest = server.put("app", SMALL);
        server.stallAfter("GET", "/blobs/", 3);

        try (InputStream content = repository().blob(digest, 0).content()) {
            assertThat(content.readNBytes(3)).isEqualTo("a s".getBytes(StandardCharsets.UTF_8));
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(cancellation::cancel);

            assertThatThrownBy(content::read).isInstanceOf(DeployCancelledException.class);
        }
    }

    @Test
    void manifest_thatWasBegunWith_isAskedOnce() {
        byte[] manifest = "{}".getBytes(StandardCharsets.UTF_8);
        server.putManifest("app", "1", MediaTypes.MANIFEST, manifest);
        RegistryRepository repository = repository();

        repository.beginManifest("1");

        assertThat(repository.manifest("1")).contains(manifest);
        assertThat(server.requests).hasSize(1);
        assertThat(repository.manifest("1")).as("asked later").contains(manifest);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void digest_whereItsBeginningHadNoAnswer_isAskedAgainAsUsual() {
        String digest = server.putManifest("app", "1", MediaTypes.MANIFEST, "{}".getBytes(StandardCharsets.UTF_8));
        server.fail("HEAD", "/manifests/1", 503, "BUSY");
        RegistryRepository repository = repository();

        repository.beginDigest("1");

        assertThat(repository.digest("1")).contains(digest);
        assertThat(server.requests).hasSize(2);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void digestAtOnce_whereItsBeginningBrokeOff_isNotAskedAgain() {
        server.breakAfter("HEAD", "/manifests/1", 0);
        RegistryRepository repository = repository();

        repository.beginDigest("1");

        assertThatThrownBy(() -> repository.digestAtOnce("1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(server.host());
        assertThat(server.requests).hasSize(1);
    }

    private RegistryRepository repository() {
        RegistryHttp http = new RegistryHttp(host -> login, cancellation, (time, token) -> pauses.add(time));
        return RegistryRepository.pushing(http, new RepositoryName(server.host(), "app"), List.of());
    }
}
