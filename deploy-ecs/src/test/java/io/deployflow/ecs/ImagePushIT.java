package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import io.deployflow.PushException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes with the real Docker engine to a registry that answers as the test wants. */
class ImagePushIT {
    @TempDir
    private Path folder;

    private FakeRegistry registry;
    private DockerEngine engine;
    private AwsClients clients;
    private ExecutorService threads;
    private ImagePusher pusher;
    private final List<String> tagged = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        registry = new FakeRegistry();
        engine = new DockerEngine();
        threads = Executors.newCachedThreadPool();
        EcsSettings settings =
                SettingsText.of("endpoint: " + registry.endpoint(), "image: { repository: " + FakeRegistry.NAME + " }");
        clients = QuickClients.of(settings);
        pusher = new ImagePusher(engine, new ImageRegistry(clients, settings.image(), Clock.systemUTC()));
    }

    @AfterEach
    void stop() throws IOException {
        tagged.forEach(this::untag);
        threads.shutdownNow();
        engine.close();
        clients.close();
        registry.close();
    }

    @Test
    void push_pinsToTheDigestOfTheRegistry_withOneTokenForAll() {
        ImageReference first = push("one");
        push("two");

        assertThat(first).hasToString(registry.host() + "/team/app@" + registry.digest);
        assertThat(registry.tokens).hasValue(1);
    }

    @Test
    void push_ofTheSameImageToAnImmutableTag_succeeds() {
        ImageReference first = push("one");
        registry.refuse(400, "TAG_INVALID", "The image tag 'one' cannot be overwritten because the tag is immutable.");

        assertThat(push("one")).isEqualTo(first);
    }

    @Test
    void push_ofTheSameImageToAnImmutableTag_ofARegistryThatIsNotEcr_succeeds() {
        EcsSettings settings = SettingsText.of(
                "image: { repository: " + FakeRegistry.NAME + ", registry: '" + registry.host() + "' }");
        pusher = new ImagePusher(engine, new ImageRegistry(clients, settings.image(), Clock.systemUTC()));
        ImageReference first = push("one");
        registry.refuse(412, "PRECONDITION", "Failed to process request due to 'one' configured as immutable.");

        assertThat(push("one")).isEqualTo(first);
    }

    @Test
    void push_ofAnotherImageToAnImmutableTag_saysThatItIsTaken() {
        registry.digest = "sha256:" + "0".repeat(64);
        registry.refuse(400, "TAG_INVALID", "The image tag 'one' cannot be overwritten because the tag is immutable.");

        assertThatThrownBy(() -> push("one"))
                .isInstanceOf(PushException.class)
                .hasMessageContaining("tag one")
                .hasMessageContaining("is another image already (sha256:000");
    }

    @Test
    void push_whenDenied_asksForTheCredentials() {
        registry.refuse(403, "DENIED", "not yours");

        assertThatThrownBy(() -> push("one"))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("not yours");
    }

    @Test
    void push_whenTheRegistryIsFull_saysWhatItSays() {
        registry.refuse(400, "MANIFEST_INVALID", "too many images");

        assertThatThrownBy(() -> push("one")).isInstanceOf(PushException.class).hasMessageContaining("too many images");
    }

    private ImageReference push(String tag) {
        String id = String.valueOf(
                engine.client().inspectImageCmd("debian:bookworm-slim").exec().getId());
        tagged.add(registry.host() + "/team/app:" + tag);
        return pusher.push(id, tag, context()).reference();
    }

    private void untag(String image) {
        try {
            engine.client().removeImageCmd(image).withNoPrune(true).exec();
        } catch (NotFoundException e) {
            assertThat(e).hasMessageContaining("No such image"); // The same tag was pushed twice.
        }
    }

    private DeployContext context() {
        return Contexts.of(folder, folder, "0123456789", event -> {}, threads);
    }
}
