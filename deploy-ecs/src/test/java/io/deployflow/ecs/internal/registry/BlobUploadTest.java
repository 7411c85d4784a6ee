package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One blob, on its way to a registry that may do anything to it. */
class BlobUploadTest {
    private static final byte[] SMALL = "a small blob".getBytes(StandardCharsets.UTF_8);

    private final OciServer server = new OciServer();
    private final List<Duration> pauses = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void upload_ofALargeBlob_goesInPieces() {
        byte[] large = large();

        long sent = repository().upload(Blob.of(large), done -> {});

        assertThat(server.blobs).containsKey("app@" + Digests.of(large));
        assertThat(server.count("PATCH")).isEqualTo(3);
        assertThat(sent).isEqualTo(large.length);
    }

    @Test
    void upload_ofASmallBlob_isOneRequestBesideItsBeginning() {
        repository().upload(Blob.of(SMALL), done -> {});

        assertThat(server.requests).hasSize(2);
        assertThat(server.count("PUT")).isEqualTo(1);
    }

    @Test
    void upload_thatBreaksAtItsEnd_sendsNoPieceAgain() {
        byte[] large = new byte[BlobUpload.PIECE + 1000];
        server.fail("PUT", "/blobs/uploads/", 503, "BUSY").breakAfter("PUT", "/blobs/uploads/", 0);

        long sent = repository().upload(Blob.of(large), done -> {});

        assertThat(server.blobs).containsKey("app@" + Digests.of(large));
        assertThat(server.count("POST")).isEqualTo(1);
        assertThat(sent).isEqualTo(large.length);
    }

    /** What was given up was still on its way, and came twice. */
    @Test
    void upload_thatWentOnAndIsNotTheBlob_isSentAnew() {
        byte[] large = large();
        server.breakAfter("PATCH", "/blobs/uploads/", 1000).fail("PUT", "/blobs/uploads/", 400, "DIGEST_INVALID");

        repository().upload(Blob.of(large), done -> {});

        assertThat(server.blobs).containsKey("app@" + Digests.of(large));
        assertThat(server.count("POST")).isEqualTo(2);
    }

    @Test
    void upload_thatWentThroughAndIsNotTheBlob_isNotSentAgain() {
        byte[] large = large();
        server.fail("PUT", "/blobs/uploads/", 400, "DIGEST_INVALID");

        assertThatThrownBy(() -> repository().upload(Blob.of(large), done -> {}))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("DIGEST_INVALID");
        assertThat(server.count("POST")).isEqualTo(1);
    }

    @Test
    void upload_whoseLastAnswerWasLost_isSeenToBeDone() {
        byte[] large = new byte[BlobUpload.PIECE + 1000];
        server.put("app", large);
        server.fail("PUT", "/blobs/uploads/", 502, "GATEWAY")
                .fail("PUT", "/blobs/uploads/", 404, "BLOB_UPLOAD_UNKNOWN");

        assertThat(repository().upload(Blob.of(large), done -> {})).isEqualTo(large.length);
    }

    @Test
    void upload_thatBreaksInTheMiddle_goesOnBehindWhatTheRegistryHas() {
        byte[] large = large();
        server.breakAfter("PATCH", "/blobs/uploads/", 20_000_000);

        repository().upload(Blob.of(large), done -> {});

        assertThat(server.blobs).containsKey("app@" + Digests.of(large));
        assertThat(server.count("POST")).isEqualTo(1);
    }

    @Test
    void upload_whenTheRegistryForgotIt_beginsAnew() {
        byte[] large = large();
        server.breakAfter("PATCH", "/blobs/uploads/", 1000).fail("GET", "/blobs/uploads/", 404, "BLOB_UPLOAD_UNKNOWN");

        repository().upload(Blob.of(large), done -> {});

        assertThat(server.blobs).containsKey("app@" + Digests.of(large));
        assertThat(server.count("POST")).isEqualTo(2);
    }

    /** Amazon ECR loses every piece but the first, and Google's Artifact Registry takes none. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TAKEN")
    void upload_whereTheRegistryTakesNoPieces_goesWhole_andSoDoWhatFollows(OciServer.Pieces pieces) {
        byte[] large = large();
        byte[] other = new byte[BlobUpload.PIECE + 1];
        server.pieces = pieces;
        RegistryRepository repository = repository();

        repository.upload(Blob.of(large), done -> {});
        long before = server.count("PATCH");
        repository.upload(Blob.of(other), done -> {});

        assertThat(server.blobs).containsKeys("app@" + Digests.of(large), "app@" + Digests.of(other));
        assertThat(server.count("PATCH")).isEqualTo(before).isLessThan(3);
        assertThat(pauses).isEmpty();
    }

    @Test
    void upload_whosePieceIsForbidden_isNotTriedOtherwise() {
        server.fail("PATCH", "/blobs/uploads/", 403, "DENIED");

        assertThatThrownBy(() -> repository().upload(Blob.of(large()), done -> {}))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.isRefusal()).isTrue());
        assertThat(server.count("PUT")).isZero();
    }

    @Test
    void upload_tellsHowFarItIs() {
        List<Long> told = new ArrayList<>();

        repository().upload(Blob.of(SMALL), told::add);

        assertThat(told).last().isEqualTo((long) SMALL.length);
    }

    /** Some keep blobs at another server, which knows by the URL who may write there. */
    @Test
    void upload_thatIsSentToAnotherServer_goesThere() {
        try (OciServer other = new OciServer()) {
            server.uploadsAt = "http://" + other.host();

            repository().upload(Blob.of(SMALL), done -> {});

            assertThat(other.blobs).containsKey("app@" + Digests.of(SMALL));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://no host", "http://", "ftp://registry.test", "http://registry.test/a|b"})
    void upload_thatIsSentNowhere_saysWhatTheRegistryNames(String place) {
        server.uploadsAt = place;

        assertThatThrownBy(() -> repository().upload(Blob.of(SMALL), done -> {}))
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll(server.host() + " sends on to '" + place, "which is no URL of a server");
        assertThat(pauses).isEmpty();
    }

    private RegistryRepository repository() {
        RegistryHttp http = new RegistryHttp(
                host -> Optional.empty(), CancellationToken.create(), (time, token) -> pauses.add(time));
        return RegistryRepository.pushing(http, new RepositoryName(server.host(), "app"), List.of());
    }

    private static byte[] large() {
        byte[] content = new byte[2 * BlobUpload.PIECE + 1000];
        new Random(1).nextBytes(content);
        return content;
    }
}
