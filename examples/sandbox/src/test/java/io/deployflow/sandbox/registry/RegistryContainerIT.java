package io.deployflow.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.PushedImage;
import io.deployflow.sandbox.docker.RegistryLogin;
import io.deployflow.sandbox.docker.SandboxImage;
import io.deployflow.sandbox.port.ImageManifest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryContainerIT {
    private Engine engine;
    private ImageStore images;
    private RegistryContainer registry;

    @BeforeEach
    void start() {
        engine = Engine.connect("it-" + UUID.randomUUID());
        images = new ImageStore(engine);
        registry = RegistryContainer.start(engine, images);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void registry_whenEmpty_listsNothing() {
        assertThat(registry.repositories()).isEmpty();
        assertThat(registry.tags("organization/app")).isEmpty();
        assertThat(registry.manifest("organization/app", "v1")).isEmpty();
    }

    @Test
    void registry_whenPushedTo_resolvesTagAndDigest() {
        PushedImage pushed = images.push(SandboxImage.PLACEHOLDER, registry.login(), "organization/app", "v1");

        assertThat(registry.repositories()).containsExactly("organization/app");
        assertThat(registry.tags("organization/app")).isEqualTo(List.of("v1"));
        ImageManifest manifest = registry.manifest("organization/app", "v1").orElseThrow();
        assertThat(manifest.digest()).isEqualTo(pushed.digest()).startsWith("sha256:");
        assertThat(manifest.mediaType()).contains("manifest");
        assertThat(registry.manifest("organization/app", manifest.digest())).contains(manifest);
    }

    @Test
    void registry_whenPasswordIsWrong_doesNotAnswer() {
        RegistryLogin wrong = new RegistryLogin(registry.endpoint(), "AWS", "guess");

        assertThat(new RegistryClient(wrong).answers()).isFalse();
    }
}
