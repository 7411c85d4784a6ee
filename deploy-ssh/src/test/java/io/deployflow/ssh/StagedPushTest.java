package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ContentCheck;
import io.deployflow.Phase;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent to a host, which here is this machine, without SSH. */
class StagedPushTest {
    @TempDir
    private Path temp;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private Path source = Path.of("");
    private Path root = Path.of("");
    private Optional<ContentCheck> check = Optional.empty();
    private Optional<TreeArtifact> prepared = Optional.empty();
    private int pushes;

    @BeforeEach
    void makeTree() throws IOException {
        source = Files.createDirectory(temp.resolve("source"));
        root = Files.createDirectory(temp.resolve("shop"));
        Files.writeString(source.resolve("app.txt"), "one\n");
        Files.writeString(source.resolve("other.txt"), "other\n");
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private String push() throws IOException {
        warnings.clear();
        sent.clear();
        pushes++;
        TreeArtifact artifact =
                new TreeArtifact(Revision.digest("0".repeat(64)), TreeScan.scan(source), new DirectoryContent(source));
        StagedPush push = new StagedPush(target());
        DeployContext context = context();
        push.prepare(prepared.orElse(artifact), context);
        SshRelease release = push.push(artifact, context);
        assertThat(TreeScan.scan(root.resolve("releases/" + release.id()))).isEqualTo(artifact.manifest());
        Path current = root.resolve("current");
        Files.deleteIfExists(current);
        Files.createSymbolicLink(current, Path.of("releases/" + release.id()));
        return release.id();
    }

    private SshTarget target() {
        TestSettings settings = new TestSettings();
        settings.deployTo = root.toString();
        SshTarget plain = SshTarget.of(settings.make(), SshTarget.connections(settings.make()), (unit, what) -> {});
        Connections connections = new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1));
        RemoteShell shell =
                new RemoteShell(HostAddress.parse("app1"), connections, root.toString(), Duration.ofSeconds(60));
        return new SshTarget(
                connections,
                new Fleet(List.of(shell), 1),
                plain.locks(),
                plain.manualLocks(),
                plain.surveys(),
                plain.maintenance(),
                plain.commands(),
                plain.stages(),
                new RememberedManifests(temp.resolve("manifests")),
                plain.linked(),
                plain.health(),
                Optional.empty(),
                5,
                plain.rules());
    }

    private DeployContext context() throws IOException {
        return new DeployContext(
                new Application("shop", source),
                "classic",
                Phase.PUSH,
                "me@here",
                new NoSource(),
                check,
                Files.createDirectory(temp.resolve("work" + pushes)),
                this::hear,
                CancellationToken.create(),
                Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
                executor);
    }

    private void hear(DeployEvent event) {
        if (event instanceof DeployEvent.Warning warning) {
            warnings.add(warning.message());
        } else if (event instanceof DeployEvent.Output output) {
            sent.add(output.line());
        }
    }

    private void change(String text) throws IOException {
        Files.writeString(source.resolve("app.txt"), text);
    }

    @Test
    void push_toAHostThatServesNothing_sendsEveryFileWithoutAWord() throws IOException {
        push();

        assertThat(warnings).isEmpty();
        assertThat(sent).singleElement().asString().matches("sent: 2 files in \\d+ bytes to 1 of 1 hosts");
    }

    @Test
    void push_whenAnotherTreeWasPrepared_sendsItsOwn() throws IOException {
        prepared = Optional.of(
                new TreeArtifact(Revision.digest("1".repeat(64)), TreeScan.scan(source), new DirectoryContent(source)));
        change("two\n");

        push();

        assertThat(sent).singleElement().asString().matches("sent: 2 files in \\d+ bytes to 1 of 1 hosts");
    }

    @Test
    void push_ofOneChangedFile_sendsIt_andOfNothingNothing() throws IOException {
        push();
        change("two\n");

        push();
        assertThat(sent).singleElement().asString().matches("sent: 1 files in \\d+ bytes to 1 of 1 hosts");

        push();
        assertThat(sent).containsExactly("sent: 0 files in 0 bytes to 1 of 1 hosts");
        assertThat(warnings).isEmpty();
    }

    @Test
    void push_whereTheBaseWasDamaged_sendsEveryFileAndSaysWhy() throws IOException {
        String first = push();
        Files.writeString(root.resolve("releases/" + first + "/other.txt"), "OTHER\n");
        change("two\n");

        push();

        assertThat(sent).singleElement().asString().startsWith("sent: 2 files ");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("app1: releases/" + first + " is not as it was staged: ")
                .endsWith("./other.txt: the whole tree is sent");
    }

    @Test
    void push_whereAnEditLeftSizeAndTime_findsItWhenToldToVerifyEveryFile() throws IOException {
        String first = push();
        Path edited = root.resolve("releases/" + first + "/other.txt");
        FileTime time = Files.getLastModifiedTime(edited);
        Files.writeString(edited, "OTHER\n");
        Files.setLastModifiedTime(edited, time);
        change("two\n");
        check = Optional.of(ContentCheck.FULL);

        push();

        assertThat(warnings)
                .containsExactly("app1: releases/" + first + " has other content than it should:"
                        + " ./other.txt: FAILED: the whole tree is sent");
    }

    @Test
    void push_whereTheManifestWasDamaged_sendsEveryFileAndSaysWhy() throws IOException {
        String first = push();
        Files.writeString(root.resolve(".deployflow/releases/" + first + "/manifest"), "nothing of it\n");

        push();

        assertThat(warnings)
                .containsExactly(
                        "app1: the manifest of releases/" + first + " is not as it should be: the whole tree is sent");
    }

    @Test
    void push_whereTheManifestWasDamagedAndIsNotRemembered_sendsEveryFileAndSaysWhy() throws IOException {
        String first = push();
        String digest = Files.readString(root.resolve(".deployflow/releases/" + first + "/digest"))
                .strip();
        Files.writeString(root.resolve(".deployflow/releases/" + first + "/manifest"), "nothing of it\n");
        Files.delete(temp.resolve("manifests").resolve(digest));

        push();

        assertThat(warnings)
                .containsExactly("app1: it is not known what is in releases/" + first + ": the whole tree is sent");
    }

    @Test
    void push_whereCapistranoMadeWhatIsLive_sendsEveryFileAndSaysWhy() throws IOException {
        Files.createDirectories(root.resolve("releases/20250101000000"));
        Files.createSymbolicLink(root.resolve("current"), root.resolve("releases/20250101000000"));

        push();

        assertThat(warnings)
                .containsExactly("app1: it is not known what is in releases/20250101000000: the whole tree is sent");
    }
}
