package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/deployflow} with a Java that only notes what it is asked. */
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            case " $* " in *" -Xshare:dump "*)
              for i in $(seq 600); do [ ! -e "$HOME/hold" ] || sleep 0.1; done
              for word; do
                case $word in -XX:SharedArchiveFile=*) : > "${word#*=}";; esac
              done
              exit;;
            esac
            echo "$*" >> "$HOME/asked"
            for word; do
              case $word in
                -XX:DumpLoadedClassList=*) cp "$HOME/classes" "${word#*=}";;
                -Ddeployflow.succeeded=*) [ "$STATUS" != 0 ] || : > "${word#*=}";;
              esac
            done
            exit "$STATUS"
            """;
    private static final String LISTING = "-XX:DumpLoadedClassList=";
    private static final String USING = "-XX:SharedArchiveFile=";

    @TempDir
    Path root;

    private Path target = Path.of("");
    private Path archive = Path.of("");
    private Path making = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        target = root.resolve("deploy-cli/target");
        archive = target.resolve("deployflow-Maker-17.0.1+2.jsa");
        making = target.resolve("deployflow-Maker-17.0.1+2.jsa.making");
        Path launcher = write("bin/deployflow", Files.readString(Path.of("..", "bin", "deployflow")));
        Path java = write("java/bin/java", JAVA);
        for (Path program : List.of(launcher, java)) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        write(
                "java/release",
                "IMPLEMENTOR=\"Maker Inc.\"\nJAVA_RUNTIME_VERSION=\"17.0.1+2\"\nJAVA_VERSION=\"17.0.1\"\n");
        for (String file : List.of("deploy-cli.jar", ".built-by-launcher")) {
            Files.setLastModifiedTime(
                    write("deploy-cli/target/" + file, ""),
                    FileTime.from(Instant.now().minusSeconds(60)));
        }
        load(1000);
    }

    @Test
    void command_thatIsTheFirstOfItsKind_isListedUntilItAddsNothing() throws Exception {
        assertThat(run(0, "deploy", "hosts")).contains(LISTING + making).doesNotContain(USING);
        awaitMaker();
        assertThat(run(0, "deploy", "hosts")).contains(LISTING + making).contains(USING + archive);
        awaitMaker();
        assertThat(run(0, "deploy", "hosts")).doesNotContain(LISTING).contains(USING + archive);
        assertThat(run(0, "deploy", "containers")).contains(LISTING + making);
        assertThat(run(0, "--version")).doesNotContain(LISTING).contains(USING + archive);
    }

    @Test
    void command_thatFailed_leavesTheRestToTheNext() throws Exception {
        load(100);
        run(5, "deploy", "hosts");
        awaitMaker();
        run(5, "deploy", "hosts");
        awaitMaker();

        load(1000);
        assertThat(run(0, "deploy", "hosts")).contains(LISTING);
        awaitMaker();

        assertThat(target.resolve(archive.getFileName() + ".classes")).content().hasLineCount(1000);
    }

    @Test
    void command_besideOneThatIsListed_isNotListed_andNobodyWaitsForTheArchive() throws Exception {
        Path hold = write("hold", "");
        run(0, "deploy", "hosts");

        assertThat(making).isDirectory();
        assertThat(run(0, "deploy", "hosts")).doesNotContain(LISTING);

        Files.delete(hold);
        awaitMaker();
        assertThat(archive).exists();
    }

    @Test
    void command_whereAnArchiveWasBegunByAProcessThatIsGone_makesRoom() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        write("deploy-cli/target/" + making.getFileName() + "/maker", gone.pid() + "\n");

        assertThat(run(0, "deploy", "hosts")).doesNotContain(LISTING);
        assertThat(run(0, "deploy", "hosts")).contains(LISTING);
        awaitMaker();
    }

    @Test
    void command_afterTheJarsChanged_beginsAnew() throws Exception {
        run(0, "deploy", "hosts");
        awaitMaker();
        load(10);
        Files.setLastModifiedTime(
                target.resolve("deploy-cli.jar"), FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(run(0, "deploy", "hosts")).doesNotContain(USING).contains(LISTING);
        awaitMaker();

        assertThat(target.resolve(archive.getFileName() + ".classes")).isEmptyFile();
    }

    @Test
    void options_areKnownToThisJava() throws Exception {
        assertOptionsAreKnown("--version");
        assertOptionsAreKnown("build", "--help");
    }

    private void assertOptionsAreKnown(String... words) throws Exception {
        Process process =
                start(Map.of("JAVA_HOME", System.getProperty("java.home"), "DEPLOYFLOW_JAVA_OPTS", "-version"), words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    /** Runs a command, and gives what it asked Java for. */
    private String run(int status, String... words) throws Exception {
        Path asked = root.resolve("asked");
        Files.deleteIfExists(asked);
        Process process =
                start(Map.of("JAVA_HOME", root.resolve("java").toString(), "STATUS", String.valueOf(status)), words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(status);
        return Files.readString(asked);
    }

    private Process start(Map<String, String> environment, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.command().add(0, root.resolve("bin/deployflow").toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("DEPLOYFLOW_"));
        builder.environment().put("HOME", root.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitMaker() throws IOException {
        try {
            ProcessHandle.of(Long.parseLong(
                            Files.readString(making.resolve("maker")).strip()))
                    .ifPresent(maker -> maker.onExit().join());
        } catch (NoSuchFileException e) {
            assertThat(making).as("it was just done").doesNotExist();
        }
    }

    private void load(int classes) throws IOException {
        write(
                "classes",
                IntStream.range(0, classes)
                        .mapToObj("io/deployflow/Class%d id: 7\n"::formatted)
                        .collect(Collectors.joining(
                                "", "# a list\nother/Loader id: 8 super: 0 source: other.jar\n", "")));
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
