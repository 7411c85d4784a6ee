package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ImageArtifact;
import io.deployflow.ecs.internal.layers.Ingredient;
import io.deployflow.ecs.internal.layers.Platform;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that commands make: other bytes each time, so that who has them is all that counts. */
class PreparedLayersTest {
    private static final Platform HERE = new Platform("linux", "amd64", "");
    private static final String LINKS_HIDDEN = """
                stack:
                  - name: tools
                    from: [rootfs/]
                    to: /
                    prepare: ["mkdir -p rootfs/bin rootfs/var/run rootfs/usr/lib"]
                    locks: [Gemfile.lock]
                  - { name: app, from: [greeting] }
            """;

    @TempDir
    private Path folder;

    private LayersStage stage;
    private Path ran;
    private String stack = "";

    @BeforeEach
    void prepare() {
        stage = new LayersStage(folder);
        stage.putBase("layer one");
        stage.write("greeting", "hello");
        stage.write("Gemfile.lock", "one");
        ran = folder.resolve("ran");
        stack = """
                    stack:
                      - name: gems
                        from: [vendor]
                        prepare: ["mkdir -p vendor && echo x >> %s && cp %s vendor/made"]
                        locks: [Gemfile.lock]
                      - { name: app, from: ["."], exclude: [vendor] }
                """.formatted(ran, ran);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void prepare_runsOnlyWhereNobodyKnowsItsLayer() throws IOException {
        stage.live = Optional.of(stage.deploy("one", "1111111111", stack).toString());
        stage.deploy("fresh", "2222222222", stack);
        assertThat(ran).hasContent("x");

        stage.write("Gemfile.lock", "two");
        stage.deploy("fresh", "3333333333", stack);

        assertThat(Files.readAllLines(ran)).hasSize(2);
    }

    @Test
    void prepare_thatFails_showsWhatItWrote() {
        assertThatThrownBy(() -> stage.deploy("one", "1111111111", """
                    stack:
                      - { name: gems, from: [vendor], prepare: ["echo no such gem; exit 5"], locks: [Gemfile.lock] }
                """))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("ended with 5")
                .hasMessageContaining("no such gem");
    }

    @Test
    void prepare_thatFailsWithALongHelp_showsTheCauseBeforeItAndTheEnd() {
        assertThatThrownBy(() -> prepare("echo ms@1 is not ms@2; seq 100 199; exit 1"))
                .isInstanceOf(BuildException.class)
                .hasMessageContainingAll(
                        "ms@1 is not ms@2", "\n  (71 lines are left out: --verbose shows them)\n", "199")
                .hasMessageNotContaining("\n  150\n");
    }

    @Test
    void prepare_whoseProgramIsNotThere_saysToInstallIt() {
        assertThatThrownBy(() -> prepare("no-such-program install")).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e).hasMessageContainingAll("'no-such-program install' ended with 127", "not found");
            assertThat(e.remedy()).startsWith("Install the program on this machine");
        });
    }

    private void prepare(String command) {
        stage.deploy("one", "1111111111", """
                    stack:
                      - { name: gems, from: [vendor], prepare: ["%s"], locks: [Gemfile.lock] }
                """.formatted(command));
    }

    @Test
    void tar_onAFreshMachine_hasTheLayerThatTheLiveImageHas() {
        stage.live = Optional.of(stage.deploy("one", "1111111111", stack).toString());

        save("fresh");

        assertThat(folder.resolve("image.tar")).isNotEmptyFile();
        assertThat(ran).hasContent("x");
    }

    @Test
    void layer_thatTheCacheHasNoLonger_isTakenFromTheTarget() throws IOException {
        stage.deploy("one", "1111111111", stack);
        emptyCache();

        save("one");
        stage.deploy("one", "2222222222", stack);

        assertThat(ran).hasContent("x");
    }

    @Test
    void layer_thatNobodyHasAnyLonger_isMadeAnew() throws IOException {
        stage.deploy("one", "1111111111", stack);
        emptyCache();
        stage.server.blobs.keySet().removeIf(key -> key.startsWith("team/app@"));
        stage.server.manifests.keySet().removeIf(key -> key.startsWith("team/app:"));

        stage.deploy("one", "1111111111", stack);

        assertThat(stage.server.manifests).containsKey("team/app:1111111111");
        assertThat(Files.readAllLines(ran)).hasSize(2);
    }

    @Test
    void build_thatTheCacheServes_doesNotAskTheTargetForTheLayer() throws IOException {
        build("one", "1111111111", stack);
        stage.server.requests.clear();

        build("one", "2222222222", stack);

        assertThat(stage.server.count("HEAD /v2/team/app/blobs/")).isZero();
        assertThat(ran).hasContent("x");
    }

    @Test
    void commandsOfSeveralLayers_runInTheOrderOfTheStack_eachPackedBeforeTheNext() throws IOException {
        StringBuilder layers = new StringBuilder("    stack:\n");
        for (int i = 0; i < 12; i++) {
            // The next layer's commands write over what this one's have made.
            layers.append("      - { name: l%d, from: [made/], to: /l%d, locks: [Gemfile.lock],".formatted(i, i))
                    .append(" prepare: [\"mkdir -p made; echo %d > made/file; echo %d >> %s\"] }\n"
                            .formatted(i, i, ran));
        }

        stage.deploy("one", "1111111111", layers + "      - { name: app, from: [\".\"] }\n");

        assertThat(Files.readAllLines(ran))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    }

    @Test
    void commands_runWhenTheFilesThatTheyChangeArePacked() {
        byte[] noise = new byte[8 << 20];
        new Random(1).nextBytes(noise);
        stage.write("log/big", noise);

        stage.deploy("one", "1111111111", """
                    stack:
                      - { name: made, from: [vendor], prepare: ["mkdir vendor; echo x | tee vendor/a > log/big"], locks: [a] }
                      - { name: app, from: [log, greeting] }
                """);

        assertThat(stage.server.manifests).containsKey("team/app:1111111111");
    }

    @Test
    void preparedForOtherMachinesToo_isWarnedOf() {
        Ingredient prepared = new Ingredient("gems", "key", 0, 0, () -> {
            throw new IllegalStateException("not made");
        });
        Ingredient files = new Ingredient("app", "key", 1, 1, prepared.filling());
        Platform other = new Platform("linux", "arm64", "");

        assertThat(PreparedPlatforms.warning(List.of(prepared, files), List.of(HERE, other), HERE))
                .get()
                .asString()
                .contains("on this machine (linux/amd64)", "into the image for linux/arm64", "layer gems");
        assertThat(PreparedPlatforms.warning(List.of(prepared), List.of(), HERE))
                .isEmpty();
        assertThat(PreparedPlatforms.warning(List.of(prepared), List.of(HERE), HERE))
                .isEmpty();
        assertThat(PreparedPlatforms.warning(List.of(files), List.of(other), HERE))
                .isEmpty();
    }

    @Test
    void deploy_ofPreparedForAnotherMachine_warns() {
        stage.putIndex("amd64", "s390x");

        stage.deploy("one", "1111111111", "    platforms: [linux/s390x]\n", stack);

        assertThat(stage.warnings()).singleElement().asString().contains("into the image for linux/s390x");
    }

    @Test
    void directory_inThePlaceOfABaseImagesUsualLink_isWarnedOfOnceWhenCommandsHaveMadeIt() {
        stage.deploy("one", "1111111111", LINKS_HIDDEN);

        assertThat(stage.warnings())
                .singleElement()
                .asString()
                .contains("layer tools has /bin, /var/run as a directory");
    }

    @Test
    void directory_inThePlaceOfABaseImagesUsualLink_ofAnEarlierBuild_isWarnedOfByAPlanAndByABuild() {
        stage.deploy("one", "1111111111", LINKS_HIDDEN);
        stage.events.clear();

        plan("one", LINKS_HIDDEN);
        stage.deploy("one", "2222222222", LINKS_HIDDEN);

        assertThat(stage.warnings()).hasSize(2).allMatch(warning -> warning.contains("layer tools has /bin, /var/run"));
    }

    @Test
    void directory_inThePlaceOfABaseImagesUsualLink_thatIsMadeAnew_isWarnedOfOnce() throws IOException {
        build("one", "1111111111", LINKS_HIDDEN);
        emptyCache();
        stage.events.clear();

        build("one", "2222222222", LINKS_HIDDEN);

        assertThat(stage.warnings()).singleElement().asString().contains("layer tools has /bin, /var/run");
    }

    @Test
    void directory_thatCommandsHaveNotMadeHereYet_isNotKnownToAPlan() {
        plan("one", LINKS_HIDDEN);

        assertThat(stage.warnings()).isEmpty();
    }

    private void plan(String machine, String layers) {
        DeployContext context = stage.context("1111111111");
        stage.road(machine, context, layers).plan().preview(ImageReference.parse("team/app:1111111111"), context);
    }

    private void save(String machine) {
        DeployContext context = stage.context("3333333333");
        ImageRoad road = stage.road(machine, context, stack);
        ImageArtifact artifact = road.build().build(context);
        road.push().save(artifact.image(), "team/app:1", folder.resolve("image.tar"), context);
    }

    private void build(String machine, String revision, String layers) {
        DeployContext context = stage.context(revision);
        stage.road(machine, context, layers).build().build(context);
    }

    private void emptyCache() throws IOException {
        try (Stream<Path> blobs = Files.list(folder.resolve("one/blobs"))) {
            for (Path blob : blobs.toList()) {
                Files.delete(blob);
            }
        }
    }
}
