package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.Secret;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Login;
import io.deployflow.flow.FlowException;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RegistryLogin;
import io.deployflow.sandbox.registry.RegistryContainer;
import io.deployflow.spi.CacheStore.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches in a real registry, which wants to know who asks. */
class RegistryCacheIT {
    private static final CancellationToken GO_ON = CancellationToken.create();
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private static Engine engine;
    private static RegistryLogin login = new RegistryLogin("", "", "");

    @TempDir
    private Path folder;

    private final RegistryCacheStore store =
            new RegistryCacheStore(host -> Optional.of(new Login(login.user(), Secret.of(login.password()))));
    private final String place = login.endpoint() + "/caches/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        engine = Engine.connect("it-" + UUID.randomUUID());
        login = RegistryContainer.start(engine, new ImageStore(engine)).login();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static RegistryCacheStore storeOf(String user, String password) {
        return new RegistryCacheStore(host -> Optional.of(new Login(user, Secret.of(password))));
    }

    private Saved save(String key, String content, Instant at) throws IOException {
        Path file = Files.writeString(folder.resolve("archive"), content);
        Saved saved = new Saved(key, Digests.digits(Digests.of(content)), Files.size(file), at);
        store.save(place, saved, file, GO_ON);
        return saved;
    }

    private Optional<Saved> find(String key) {
        return store.find(place, key, GO_ON);
    }

    @Test
    void find_whereNothingWasEverSaved_findsNothing() {
        assertThat(find("gems-")).isEmpty();
    }

    @Test
    void find_prefersTheKeyItself_andElseTheNewestThatBeginsSo() throws IOException {
        Saved whole = save("gems-a/b", "one", AT);
        Saved newer = save("gems-a/b-later", "two", AT.plusSeconds(60));
        save("gems-a_b-other", "three", AT.plusSeconds(120));

        assertThat(find("gems-a/b")).contains(whole);
        assertThat(find("gems-a/")).contains(newer);
        assertThat(find("gems-b")).isEmpty();
    }

    @Test
    void fetch_replacesTheFileByWhatWasSaved() throws IOException {
        Saved saved = save("gems", "content", AT);
        Path file = Files.writeString(folder.resolve("fetched"), "something longer that was there before");

        store.fetch(place, saved, file, GO_ON);

        assertThat(file).hasContent("content");
    }

    @Test
    void find_whereThePasswordIsWrong_saysHowToSignIn() {
        RegistryCacheStore stranger = storeOf("AWS", "a guess");

        assertThatThrownBy(() -> stranger.find(place, "gems", GO_ON))
                .isInstanceOfSatisfying(
                        FlowException.class, e -> assertThat(e.remedy()).contains("docker login " + login.endpoint()))
                .hasMessageNotContaining("a guess");
    }
}
