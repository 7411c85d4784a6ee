package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.OciServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ImageRegistryTest {
    @Test
    void digest_inARegistryThatIsNotEcr_isWhatItSays() {
        try (OciServer server = new OciServer()) {
            String digest = server.putManifest("team/app", "1", MediaTypes.MANIFEST, new byte[] {'{', '}'});
            EcsSettings settings =
                    SettingsText.of("image: { repository: team/app, registry: '" + server.host() + "' }");
            ImageRegistry registry = new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());

            assertThat(registry.digestOf("1", Contexts.nowhere())).contains(digest);
            assertThat(registry.digestOf("2", Contexts.nowhere())).isEmpty();
        }
    }

    @Test
    void digest_ofAnImage_isEmptyWhereTheTagIsAnother() {
        try (OciServer server = new OciServer()) {
            String id = Digests.of("the configuration");
            byte[] manifest = "{\"config\":{\"digest\":\"%s\"}}".formatted(id).getBytes(StandardCharsets.UTF_8);
            String digest = server.putManifest("team/app", "1", MediaTypes.MANIFEST, manifest);
            EcsSettings settings =
                    SettingsText.of("image: { repository: team/app, registry: '" + server.host() + "' }");
            ImageRegistry registry = new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC());

            assertThat(registry.digestOf("1", id, Contexts.nowhere())).contains(digest);
            assertThat(registry.digestOf("1", Digests.of("another"), Contexts.nowhere()))
                    .isEmpty();
            assertThat(registry.digestOf("2", id, Contexts.nowhere())).isEmpty();
        }
    }
}
