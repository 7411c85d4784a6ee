package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/** A source tree that is built, with {@code bin/deployflow}, and a Java that only notes what it is asked. */
final class LauncherTree implements AutoCloseable {
    /** A file with this name: an archive cannot be written. */
    static final String FULL = "full";

    /** A file with this name: the jars are built anew while an archive is made. */
    static final String REBUILT = "rebuilt";

    private static final String FEATURE = "17";
    private static final String JAVA = """
            #!/bin/sh
            case " $* " in *" -Xshare:dump "*)
              echo "$*" > "$HOME/dumped"
              for i in $(seq 600); do [ ! -e "$HOME/hold" ] || sleep 0.1; done
              [ ! -e "$HOME/full" ] || exit 1
              [ ! -e "$HOME/rebuilt" ] || touch "$HOME/deploy-cli/target/deploy-cli.jar"
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
    private static final String MAIN =
            "package io.deployflow.cli; class Main { public static void main(String[] w) {} }";

    private final Path root;
    private final Path target;
    private Path kept;
    private List<String> prefix = List.of();

    /** In an empty directory. */
    LauncherTree(Path root) throws IOException {
        this.root = root;
        target = root.resolve("deploy-cli/target");
        kept = target;
        Path launcher = write("bin/deployflow", Files.readString(Path.of("..", "bin", "deployflow")));
        Path java = write("java/bin/java", JAVA);
        for (Path program : List.of(launcher, java)) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        release(FEATURE);
        for (Path file : List.of(jar(), mark())) {
            Files.setLastModifiedTime(
                    write(root.relativize(file).toString(), ""),
                    FileTime.from(Instant.now().minusSeconds(60)));
        }
        load(1000);
    }

    /** What the tree was built to. */
    Path jar() {
        return target.resolve("deploy-cli.jar");
    }

    /** Says that the launcher built it. */
    Path mark() {
        return target.resolve(".built-by-launcher");
    }

    /** The archive of the Java that only notes. */
    Path archive() {
        return archive(FEATURE, "");
    }

    /** The archive of another such Java, or for another tree. */
    Path archive(String feature, String tree) {
        return kept.resolve("deployflow-Maker-%s.0.1+2%s.jsa".formatted(feature, tree));
    }

    /** Where the archive is made. */
    Path making() {
        return beside(".making");
    }

    /** What the archive was made of. */
    Path classes() {
        return beside(".classes");
    }

    private Path beside(String end) {
        return archive().resolveSibling(archive().getFileName() + end);
    }

    /** What Java was asked when it last made an archive. */
    String dumped() throws IOException {
        return Files.readString(root.resolve("dumped"));
    }

    /** Sets the version of Java. */
    void release(String feature) throws IOException {
        write(
                "java/release",
                "IMPLEMENTOR=\"Maker Inc.\"\nJAVA_RUNTIME_VERSION=\"%s.0.1+2\"\nJAVA_VERSION=\"%s.0.1\"\n"
                        .formatted(feature, feature));
    }

    /** Sets how many classes a command loads. */
    void load(int classes) throws IOException {
        load(classes, "");
    }

    /** Sets how many classes a command loads, and what else it lists. */
    void load(int classes, String more) throws IOException {
        write(
                "classes",
                IntStream.range(0, classes)
                        .mapToObj("io/deployflow/Class%d id: 7\n"::formatted)
                        .collect(Collectors.joining(
                                "", more + "# a list\nother/Loader id: 8 super: 0 source: other.jar\n", "")));
    }

    /** Runs a command, and gives what it asked Java for. */
    String run(int status, String... words) throws Exception {
        Path asked = root.resolve("asked");
        Files.deleteIfExists(asked);
        Process process =
                start(Map.of("JAVA_HOME", root.resolve("java").toString(), "STATUS", String.valueOf(status)), words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(status);
        return Files.readString(asked);
    }

    /** Runs a command on the Java that runs this test, with more options, and gives what was written. */
    String runHere(String options, String... words) throws Exception {
        Process process =
                start(Map.of("JAVA_HOME", System.getProperty("java.home"), "DEPLOYFLOW_JAVA_OPTS", options), words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Process start(Map<String, String> environment, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.command().add(0, root.resolve("bin/deployflow").toString());
        builder.command().addAll(0, prefix);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DEPLOYFLOW_") || name.equals("XDG_CACHE_HOME"));
        builder.environment().put("HOME", root.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits until archives are made: where that is done is the last to be removed. */
    void awaitMaker() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(2))
                .until(this::isMade);
    }

    private boolean isMade() throws IOException {
        try (DirectoryStream<Path> remaining = Files.newDirectoryStream(kept, "*.making")) {
            return !remaining.iterator().hasNext();
        }
    }

    /** A jar whose main class does nothing. */
    void makeJar() throws IOException {
        Path source = write("Main.java", MAIN);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", root.toString(), source.toString()))
                .isZero();
        String name = "io/deployflow/cli/Main.class";
        FileTime time = Files.getLastModifiedTime(jar());
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar()))) {
            entries.putNextEntry(new JarEntry(name));
            Files.copy(root.resolve(name), entries);
        }
        Files.setLastModifiedTime(jar(), time);
    }

    /** Puts something else in each archive's place. */
    void spoilArchives() throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(kept, "*.jsa")) {
            for (Path archive : archives) {
                Files.delete(archive);
                Files.writeString(archive, "no archive at all");
            }
        }
    }

    /**
     * Takes from the tree's owner the right to write; from an owner who is root, what lets root write nevertheless.
     * Archives are looked for in the cache from now on.
     */
    void freeze() throws IOException {
        permit("r-xr-xr-x");
        if (Files.isWritable(target)) {
            prefix = List.of("setpriv", "--bounding-set=-dac_override");
        }
        kept = Files.createDirectories(root.resolve(".cache/deployflow"));
    }

    @Override
    public void close() throws IOException {
        awaitMaker();
        permit("rwxr-xr-x");
    }

    private void permit(String permissions) throws IOException {
        for (Path folder : List.of(target.getParent(), target)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        }
    }

    /** Writes a file of the tree. */
    Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
