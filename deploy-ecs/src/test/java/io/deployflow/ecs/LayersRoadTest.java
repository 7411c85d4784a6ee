package io.deployflow.ecs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.BuildException;
import io.deployflow.ConfigurationException;
import io.deployflow.ImageArtifact;
import io.deployflow.PushException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds images of layers and sends them to a registry in this process, which fails as the test wants. */
class LayersRoadTest extends LayersStages {
    @BeforeEach
    void writeMore() {
        stage.write("lib/app.rb", "puts 'hello'");
    }

    @Test
    void push_ofTheFirstImage_sendsLayersConfigurationAndManifest() {
        ImageReference image = stage.deploy("cache", "1111111111");

        assertThat(image.digest()).isPresent();
        assertThat(server.manifests).containsKey("team/app:1111111111");
        // Mounted, not sent: the base image is in the same registry.
        assertThat(server.blobs).containsKey("team/app@" + Digests.of(LayersStage.BASE_LAYER + "layer one"));
        assertThat(server.count("GET /v2/base/blobs/" + Digests.of(LayersStage.BASE_LAYER + "layer one")))
                .isZero();
    }

    @Test
    void push_ofTheSameAgain_sendsNothing() {
        stage.deploy("cache", "1111111111");
        server.requests.clear();

        stage.deploy("cache", "1111111111");

        assertThat(server.requests).noneMatch(request -> request.startsWith("P"));
    }

    @Test
    void image_onTwoMachines_isTheSame() {
        ImageReference one = stage.deploy("one", "1111111111");
        ImageReference other = stage.deploy("two", "1111111111");

        assertThat(other).isEqualTo(one);
    }

    @Test
    void push_fromAFreshMachine_readsNoFileOfALayerThatTheLiveImageHas() {
        stage.live = Optional.of(stage.deploy("one", "1111111111").toString());
        server.requests.clear();

        stage.deploy("fresh", "2222222222");

        // The revision's layer and the configuration; nobody asks for what the live image has.
        assertThat(server.count("PUT /v2/team/app/blobs/uploads/")).isEqualTo(2);
        assertThat(server.count("HEAD /v2/team/app/blobs/")).isEqualTo(1);
    }

    @Test
    void push_whenTheRegistryHasLostWhatTheLiveImageHad_sendsItAgain() {
        stage.live = Optional.of(stage.deploy("one", "1111111111").toString());
        String lost = server.blobs.keySet().stream()
                .filter(key -> key.startsWith("team/app@"))
                .findFirst()
                .orElseThrow();
        server.blobs.remove(lost);
        server.fail("PUT", "/manifests/", 400, "MANIFEST_BLOB_UNKNOWN");

        stage.deploy("one", "2222222222");

        assertThat(server.blobs).containsKey(lost);
        assertThat(server.manifests).containsKey("team/app:2222222222");
    }

    @Test
    void push_whenTheRegistryHasProblems_asksAgain() {
        server.fail("POST", "/blobs/uploads/", 500, "UNKNOWN")
                .fail("HEAD", "/blobs/", 503, "UNAVAILABLE")
                .fail("PUT", "/blobs/uploads/", 429, "TOOMANYREQUESTS")
                .fail("PUT", "/manifests/", 502, "UNKNOWN")
                .breakAfter("PUT", "/blobs/uploads/", 10);

        stage.deploy("cache", "1111111111");

        assertThat(server.manifests).containsKey("team/app:1111111111");
    }

    @Test
    void push_whenDenied_asksForTheCredentials() {
        server.fail("POST", "/blobs/uploads/", 403, "DENIED");

        assertThatThrownBy(() -> stage.deploy("cache", "1111111111"))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("DENIED: on demand");
    }

    @Test
    void push_whenTheManifestIsRefused_saysWhatTheRegistrySays() {
        server.fail("PUT", "/manifests/", 400, "MANIFEST_INVALID");

        assertThatThrownBy(() -> stage.deploy("cache", "1111111111"))
                .isInstanceOf(PushException.class)
                .hasMessageContaining("MANIFEST_INVALID");
    }

    @Test
    void push_toATagThatCannotBeChanged_saysThatItIsTaken() {
        server.fail("PUT", "/manifests/", 400, "TAG_INVALID: immutable");

        assertThatThrownBy(() -> stage.deploy("cache", "1111111111"))
                .isInstanceOf(PushException.class)
                .hasMessageContaining("tag 1111111111")
                .hasMessageContaining("is another image already");
    }

    @Test
    void push_toATagThatCannotBeChanged_isSeenBehindALongReason() {
        server.fail("PUT", "/manifests/", 400, "TAG_INVALID: " + "x".repeat(300) + " is immutable");

        assertThatThrownBy(() -> stage.deploy("cache", "1111111111"))
                .isInstanceOf(PushException.class)
                .hasMessageContaining("is another image already");
    }

    @Test
    void base_thatIsGone_isNamed() {
        server.manifests.clear();

        assertThatThrownBy(() -> stage.deploy("cache", "1111111111"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("the base image " + stage.base() + " is not there");
    }

    @Test
    void base_whoseTagMoved_isTakenWithAWarning() {
        stage.deploy("cache", "1111111111");
        stage.putBase("layer two");

        stage.deploy("cache", "2222222222");

        assertThat(stage.warnings()).singleElement().asString().contains("has moved from sha256:");
    }

    @Test
    void base_whoseTagMoved_isWarnedOfByAPlanAndByTheDeployAfterIt() {
        stage.deploy("cache", "1111111111");
        stage.putBase("layer two");
        DeployContext context = stage.context("2222222222");

        stage.road("cache", context).plan().preview(ImageReference.parse("team/app:2222222222"), context);
        assertThat(stage.warnings()).singleElement().asString().contains("has moved from sha256:");
        stage.deploy("cache", "2222222222");
        stage.deploy("cache", "3333333333");

        assertThat(stage.warnings()).hasSize(2).allMatch(warning -> warning.contains("has moved from sha256:"));
    }

    @Test
    void directory_inThePlaceOfABaseImagesUsualLink_isWarnedOf() {
        String stack = "    stack: [{ name: root, from: [rootfs/], to: / }]\n";
        stage.write("rootfs/etc/motd", "hello");
        stage.write("rootfs/usr/bin/tool", "x");
        stage.deploy("cache", "1111111111", stack);
        assertThat(stage.warnings()).isEmpty();
        stage.write("rootfs/bin/tool", "x");
        stage.write("rootfs/var/run/tool", "x");

        stage.deploy("cache", "2222222222", stack);

        assertThat(stage.warnings())
                .singleElement()
                .asString()
                .contains("layer root has /bin, /var/run as a directory");
    }

    @Test
    void lock_thatIsNotThere_isWarnedOf() {
        stage.deploy("cache", "1111111111", """
                    stack:
                      - { name: made, from: [made], prepare: [mkdir made], locks: [lib, Gemfil.lock] }
                """);

        assertThat(stage.warnings()).singleElement().asString().contains("layer made", "'Gemfil.lock'", "'locks'");
    }

    @Test
    void base_whenItsRegistryIsAway_isTakenAsItWasSeenLast() {
        stage.deploy("cache", "1111111111");
        server.fail("HEAD", "/v2/base/manifests/", 503, "UNAVAILABLE");

        stage.deploy("cache", "2222222222");

        assertThat(stage.warnings()).singleElement().asString().contains("is taken as it was last seen");
    }

    @Test
    void layer_thatWasPoisonedInTheCache_isMadeAgain() throws IOException {
        DeployContext context = stage.context("1111111111");
        stage.road("cache", context).build().build(context);
        try (Stream<Path> blobs = Files.list(folder.resolve("cache/blobs"))) {
            for (Path blob : blobs.toList()) {
                Files.writeString(blob, "poison");
            }
        }

        stage.deploy("cache", "1111111111");

        assertThat(server.blobs.values()).noneMatch(blob -> new String(blob, StandardCharsets.UTF_8).equals("poison"));
    }

    @Test
    void cache_thatCannotBeWritten_costsNothingButTime() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file, where a directory should be");

        stage.deploy("cache", "1111111111");

        assertThat(server.manifests).containsKey("team/app:1111111111");
    }

    @Test
    void sbom_onRequest_isAttachedToTheImage() throws IOException {
        ImageReference image = stage.deploy("cache", "1111111111", "    sbom: true");

        String tag = image.digest().orElseThrow().replace(':', '-');
        JsonNode index = Json.read(requireNonNull(server.manifests.get("team/app:" + tag)));
        String manifest = index.path("manifests").path(0).path("digest").asText();
        JsonNode attached = Json.read(requireNonNull(server.manifests.get("team/app:" + manifest)));
        assertThat(attached.path("subject").path("digest").asText())
                .isEqualTo(image.digest().get());
        byte[] sbom = requireNonNull(server.blobs.get(
                "team/app@" + attached.path("layers").path(0).path("digest").asText()));
        assertThat(Json.items(Json.read(sbom).path("components"))
                        .map(component -> component.path("name").asText()))
                .contains(stage.base(), "/app/lib/app.rb", "/app/REVISION");
        assertThat(Json.items(Json.read(sbom).path("components"))
                        .filter(component -> component.path("name").asText().equals("/app/REVISION"))
                        .map(component ->
                                component.path("hashes").path(0).path("content").asText()))
                .containsExactly(Digests.digits(Digests.of("1111111111\n")));
    }

    @Test
    void image_inAFile_isAnOciLayoutThatDockerLoads() throws IOException {
        DeployContext context = stage.context("1111111111");
        ImageRoad road = stage.road("cache", context);
        ImageArtifact artifact = road.build().build(context);
        Path file = folder.resolve("image.tar");

        road.push().save(artifact.image(), "team/app:1", file, context);

        List<String> names = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .contains("oci-layout", "index.json", "manifest.json")
                .contains("blobs/sha256/" + Digests.digits(artifact.image()))
                .contains("blobs/sha256/" + Digests.digits(Digests.of(LayersStage.BASE_LAYER + "layer one")))
                .doesNotHaveDuplicates();
    }

    /** In a comparison the registry's requests stand beside the calls of AWS. */
    @Test
    void deploy_tellsOfEachRequestToTheRegistry() {
        stage.deploy("cache", "1111111111", "");

        assertThat(stage.events.stream()
                        .filter(DeployEvent.Asked.class::isInstance)
                        .map(DeployEvent.Asked.class::cast)
                        .map(asked -> asked.unit() + " " + asked.what()))
                .containsExactlyInAnyOrderElementsOf(stage.server.requests.stream()
                        .map(request -> server.host() + " " + request.substring(0, request.indexOf(' ')))
                        .toList());
    }

    @Test
    void foreignImage_isPinnedAndKnowsItsRevision() {
        ImageReference image = stage.deploy("cache", "a".repeat(40), "");
        DeployContext context = stage.context("b".repeat(40));
        EcsSettings settings = SettingsText.of("image: { repository: team/app, registry: '" + server.host() + "' }");
        ForeignImage foreign =
                new ForeignImage(new ImageRegistry(QuickClients.of(settings), settings.image(), Clock.systemUTC()));

        ForeignImage.Found found = foreign.find(server.host() + "/team/app:" + "a".repeat(40), context);

        assertThat(found.pinned()).isEqualTo(image);
        assertThat(found.revision().id()).isEqualTo("a".repeat(40));
        assertThatThrownBy(() -> foreign.find(server.host() + "/team/app:none", context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no image");
    }
}
