package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rollout TARGET --image IMAGE} and {@code build TARGET}. */
class ImageAloneTest {
    private final CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    @Test
    void rollout_ofAnImage_tellsWhatServes_andBuildsNothing() {
        assertThat(run("rollout", "staging", "--image", "registry.example/app:1"))
                .isZero();
        assertThat(cli.out())
                .contains("push       app1  adopted  registry.example/app:1")
                .doesNotContain("build")
                .endsWith("staging serves 20260102030405 (revision 0123456789), before it was 20260101000000\n");
    }

    @Test
    void rollout_thatFails_endsAsADeployDoes() {
        assertThat(run("rollout", "rollout", "--image", "registry.example/app:1"))
                .isEqualTo(5);
        assertThat(cli.err()).contains("rollout was put back: it serves 20260101000000 again");
    }

    @Test
    void rollout_ofAnImageThatIsNotThere_isAMistake() {
        assertThat(run("rollout", "staging", "--image", "registry.example/app:none"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("there is no image registry.example/app:none", "Check '--image'.");
    }

    @Test
    void rollout_withoutAnImage_isAMistake() {
        assertThat(run("rollout", "staging")).isEqualTo(2);
        assertThat(cli.err()).contains("--image");
    }

    @Test
    void build_alone_tellsWhereTheImageIs() {
        assertThat(run("build", "staging")).isZero();
        assertThat(cli.out()).contains("ok image  pushed  registry.example/app@sha256:1");
    }

    @Test
    void build_intoAFile_writesIt() {
        Path file = directory.resolve("image.tar");

        assertThat(run("build", "staging", "--to", file.toString())).isZero();
        assertThat(cli.out()).contains("ok image  saved  app:1");
        assertThat(file).hasContent("an image");
    }

    @Test
    void build_thatFails_endsAsADeployDoes() {
        assertThat(run("build", "build")).isEqualTo(3);
        assertThat(cli.err()).contains("step 2/3 failed");
    }

    private int run(String command, String target, String... options) {
        String[] words = {command, target, "--file", DeployYml.in(directory)};
        return cli.run(Stream.of(words, options).flatMap(Arrays::stream).toArray(String[]::new));
    }
}
