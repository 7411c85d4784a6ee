package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that wants tokens, and a server that gives them. */
class BearerTokenTest {
    private static final Login BOB = new Login("bob", Secret.of("hunter2"));
    private static final byte[] SMALL = "a small blob".getBytes(StandardCharsets.UTF_8);

    private final OciServer server = new OciServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void token_isAskedForOnce_withTheRightsToPushAndToMount() {
        TokenDesk desk = desk(BOB.basic());
        server.put("base", SMALL);
        RegistryRepository repository = repository(BOB);

        repository.mount(Digests.of(SMALL), new RepositoryName(server.host(), "base"));
        repository.upload(Blob.of("another".getBytes(StandardCharsets.UTF_8)), done -> {});
        repository.putManifest("1", MediaTypes.MANIFEST, SMALL);

        assertThat(desk.requests)
                .containsExactly(
                        "GET service=the registry&scope=repository:app:pull,push&scope=repository:base:pull by "
                                + BOB.basic());
        assertThat(server.manifests).containsKey("app:1");
        assertThat(server.blobs).containsKey("app@" + Digests.of(SMALL));
    }

    @Test
    void token_thatExpiresInTheMiddleOfABlob_isRenewed_andTheBlobGoesOn() {
        byte[] large = new byte[2 * BlobUpload.PIECE + 1000];
        new Random(1).nextBytes(large);
        TokenDesk desk = desk(BOB.basic()).expireAfter("PATCH", 1);

        repository(BOB).upload(Blob.of(large), done -> {});

        assertThat(server.blobs).containsKey("app@" + Digests.of(large));
        assertThat(server.count("POST")).isEqualTo(2); // The first asks for the token.
        assertThat(server.count("PATCH")).isEqualTo(4); // Three pieces, the second twice.
        assertThat(desk.requests).hasSize(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void token_thatExpiresBeforeTheManifest_isRenewed() {
        TokenDesk desk = desk(BOB.basic()).expireAfter("PUT", 1);
        RegistryRepository repository = repository(BOB);

        repository.upload(Blob.of(SMALL), done -> {});
        repository.putManifest("1", MediaTypes.MANIFEST, SMALL);

        assertThat(server.manifests).containsKey("app:1");
        assertThat(desk.requests).hasSize(2);
    }

    @Test
    void token_isSharedByAllThatIsSentAtOnce() {
        TokenDesk desk = desk(BOB.basic());
        RegistryRepository repository = repository(BOB);

        IntStream.range(0, 8).parallel().forEach(number -> repository.hasBlob(Digests.of("blob " + number)));

        assertThat(desk.requests).hasSize(1);
    }

    @Test
    void token_whoseServerHasNoTime_isAskedForAgain() {
        desk(BOB.basic());
        server.put("app", SMALL);
        server.fail("GET", "/token", 503, "BUSY").fail("GET", "/token", 429, "TOOMANYREQUESTS");

        assertThat(repository(BOB).hasBlob(Digests.of(SMALL))).isTrue();
        assertThat(pauses).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "http://no host/", "", "ftp://registry.test/token"})
    void token_thatIsToBeHadNowhere_isARefusal_thatSaysWhatTheRegistryNames(String realm) {
        desk(BOB.basic()).realm = Optional.of(realm);

        assertThatThrownBy(() -> repository(BOB).hasBlob(Digests.of(SMALL)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.isRefusal()).isTrue())
                .hasMessageContaining("tokens asked for at '" + realm + "'");
    }

    @Test
    void token_forAnIdentityToken_isAskedForInAForm() {
        TokenDesk desk = desk("identity");

        repository(new Login("<token>", Secret.of("identity"))).hasBlob(Digests.of(SMALL));

        assertThat(desk.requests).singleElement().asString().startsWith("POST ").contains("grant_type=refresh_token");
    }

    @Test
    void token_thatIsDenied_isARefusal_thatNamesTheUserAndNotThePassword() {
        desk("somebody else");

        assertThatThrownBy(() -> repository(BOB).hasBlob(Digests.of(SMALL)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.isRefusal()).isTrue())
                .hasMessageContaining("/token answers 403 to user bob")
                .hasMessageNotContaining("hunter2");
    }

    /** What is asked costs a round trip, whoever is asked and whatever is answered. */
    @Test
    void asked_isEachRequest_thoseToSignInAndThoseThatAreSentAgainToo() {
        desk(BOB.basic());
        server.put("app", SMALL);

        repository(BOB).hasBlob(Digests.of(SMALL)); // Refused, signed in, answered.
        server.fail("HEAD", "/blobs/", 503, "LATER");
        repository(BOB).hasBlob(Digests.of(SMALL)); // Refused for now, refused, signed in, answered.

        String head = server.host() + " HEAD";
        String token = server.host() + " GET";
        assertThat(asked).containsExactly(head, token, head, head, head, token, head);
    }

    private TokenDesk desk(String password) {
        TokenDesk desk = new TokenDesk(password);
        server.tokens = Optional.of(desk);
        return desk;
    }

    private RegistryRepository repository(Login login) {
        RegistryHttp http = new RegistryHttp(
                host -> Optional.of(login),
                CancellationToken.create(),
                (time, token) -> pauses.add(time),
                (host, method) -> asked.add(host + " " + method));
        return RegistryRepository.pushing(
                http, new RepositoryName(server.host(), "app"), List.of(new RepositoryName(server.host(), "base")));
    }
}
