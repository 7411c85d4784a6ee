package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The staging script itself, run by this machine's {@code sh} on trees of every kind. */
class StageScriptTest {
    private static final String OLD = "20260101000000";
    private static final String NEW = "20260101000001";

    @TempDir
    private Path temp;

    private Path source = Path.of("");
    private StageHost host = new StageHost(Path.of(""));

    @BeforeEach
    void makeHost() throws IOException {
        host = new StageHost(Files.createDirectory(temp.resolve("bob's $(shop) \\ 1%s")));
        source = Files.createDirectory(temp.resolve("source"));
        write("app.txt", "one\n");
        write("lib/same.rb", "same\n");
        write("lib/deep/er/other.rb", "other\n");
        write("gone/away.txt", "away\n");
        Files.createDirectories(source.resolve("empty"));
        Files.writeString(source.resolve("zero"), "");
        Files.createSymbolicLink(source.resolve("alias"), Path.of("lib/same.rb"));
        shell("chmod 755 app.txt; ln -s 'a b' 'lib/to space '");
    }

    // What a test has locked, JUnit could not remove.
    @AfterEach
    void unlock() throws IOException {
        shell("chmod -R u+rwX '" + temp + "'");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(source.resolve(name).getParent());
        Files.writeString(source.resolve(name), text);
    }

    private void shell(String script) throws IOException {
        int status =
                LocalCommand.shell("set -e\n" + script, source, Map.of()).run(line -> {}, CancellationToken.create());
        assertThat(status).isZero();
    }

    private void stageOld() throws IOException {
        assertThat(host.stage(OLD, source)).isEqualTo(new StageHost.Answer(0, ""));
    }

    private void stagesNew() throws IOException {
        Map<String, String> before = StageHost.state(host.release(OLD));
        assertThat(host.stage(NEW, source, OLD)).isEqualTo(new StageHost.Answer(0, ""));
        assertThat(TreeScan.scan(host.release(NEW))).isEqualTo(TreeScan.scan(source));
        assertThat(StageHost.state(host.release(OLD))).isEqualTo(before);
        assertThat(names("releases")).containsExactly(OLD, NEW);
    }

    private void refusesNew(String why) throws IOException {
        StageHost.Answer answer = host.stage(NEW, source, OLD);
        assertThat(answer.said().lines()).last().asString().contains(why);
        assertThat(answer.status()).isEqualTo(StageCommands.NEEDS_WHOLE_TREE);
        assertThat(names("releases")).doesNotContain(NEW, NEW + ".tmp");
    }

    private List<String> names(String directory) throws IOException {
        try (Stream<Path> list = Files.list(host.root.resolve(directory))) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Test
    void stage_ofAWholeTree_isTheSourceAndItsManifest() throws IOException {
        stageOld();

        assertThat(TreeScan.scan(host.release(OLD))).isEqualTo(TreeScan.scan(source));
        assertThat(host.manifest(OLD)).isEqualTo(HostManifest.of(TreeScan.scan(source)));
        assertThat(names(".deployflow/releases/" + OLD)).containsExactly("digest", "info", "manifest", "record");
        assertThat(host.meta(OLD).resolve("info")).hasContent("abc 2026-01-01T00:00:00Z alice's laptop\n");
        assertThat(host.meta(OLD).resolve("digest"))
                .hasContent(host.manifest(OLD).digest() + "\n");
    }

    @Test
    void stage_ofOneChangedFile_sharesTheOthers() throws IOException {
        stageOld();
        write("app.txt", "two, and longer\n");

        stagesNew();

        assertThat(inode(host.release(NEW).resolve("lib/same.rb")))
                .isEqualTo(inode(host.release(OLD).resolve("lib/same.rb")));
        assertThat(inode(host.release(NEW).resolve("app.txt")))
                .isNotEqualTo(inode(host.release(OLD).resolve("app.txt")));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFLINK", "FULL"})
    void stage_byCopying_sharesNothing(SshSettings.Copy copy) throws IOException {
        host.copy = copy;
        stageOld();
        write("app.txt", "two\n");

        stagesNew();

        assertThat(inode(host.release(NEW).resolve("lib/same.rb")))
                .isNotEqualTo(inode(host.release(OLD).resolve("lib/same.rb")));
    }

    @Test
    void stage_ofTheSameTree_needsNothingSent() throws IOException {
        stageOld();

        stagesNew();

        assertThat(names("../sent-" + NEW)).isEmpty();
    }

    @Test
    void stage_ofEveryKindOfChange_followsThem() throws IOException {
        stageOld();
        shell("""
                rm -r gone; chmod 644 app.txt; rm alias; mkdir alias; echo in > alias/in
                rm -r lib/deep; echo file > lib/deep; rm zero; ln -s app.txt zero
                rmdir empty; ln -s lib empty; mkdir -p new/empty; chmod 700 lib; : > '-n'
                """);

        stagesNew();
        String next = "20260101000002";
        Map<String, String> second = StageHost.state(host.release(NEW));
        shell("rm empty; mkdir empty; echo x > empty/x; rm -r alias; ln -s nowhere alias; rm lib/deep; mkdir lib/deep");
        assertThat(host.stage(next, source, NEW)).isEqualTo(new StageHost.Answer(0, ""));
        assertThat(TreeScan.scan(host.release(next))).isEqualTo(TreeScan.scan(source));
        assertThat(StageHost.state(host.release(NEW))).isEqualTo(second);
    }

    @Test
    void stage_whereDirectoriesAreReadOnly_changesWhatIsInThemAndLocksThemAgain() throws IOException {
        write("locked/in/file", "one\n");
        write("locked/stays", "same\n");
        write("closed/file", "one\n");
        shell("chmod 555 locked/in locked closed");
        stageOld();
        shell("""
                chmod 755 locked locked/in closed
                echo two > locked/in/file; echo new > locked/in/new; rm -r closed; rm gone/away.txt; chmod 555 gone
                chmod 555 locked/in locked
                """);

        stagesNew();
    }

    @Test
    void stage_ofOddNames_keepsEveryByte() throws IOException {
        OddTree.make(source);
        shell(
                "mkdir 'n\nl'; echo x > 'n\nl/in \\ it'; ln -s 't\n o' 'n\nl/ln\n\n'; ln -s \"$(printf 'x\\351')\" 'n\nl/latin'");
        stageOld();
        stagesOddChanges();
    }

    private void stagesOddChanges() throws IOException {
        shell("""
                for f in -rf 'q"uo'"'"'te' 'back\\slash' 'star*' "$(printf 'latin\\351')" "$(printf 'cr\\r')" "new
                line"; do echo changed > "./$f"; done
                rm -- ' leading' 'dollar$HOME'; echo y > 'n
                l/in \\ it'; echo new > "two

                lines"
                """);

        stagesNew();
        String next = "20260101000002";
        shell("rm -r 'n\nl' 'two\n\nlines'");
        assertThat(host.stage(next, source, NEW)).isEqualTo(new StageHost.Answer(0, ""));
        assertThat(TreeScan.scan(host.release(next))).isEqualTo(TreeScan.scan(source));
    }

    @Test
    void stage_withLinkedDirectories_linksThemInEveryRelease() throws IOException {
        host.linkedDirs = List.of("log", "tmp/pids", "lib/deep");
        stageOld();
        Path shared = host.root.resolve("shared");
        Files.writeString(shared.resolve("log/app.log"), "kept");
        write("app.txt", "two\n");
        write("log/ignored", "by the link");

        assertThat(host.stage(NEW, source, OLD)).isEqualTo(new StageHost.Answer(0, ""));

        assertThat(Files.readSymbolicLink(host.release(NEW).resolve("log"))).isEqualTo(shared.resolve("log"));
        assertThat(Files.readSymbolicLink(host.release(NEW).resolve("tmp/pids")))
                .isEqualTo(shared.resolve("tmp/pids"));
        assertThat(Files.readSymbolicLink(host.release(NEW).resolve("lib/deep")))
                .isEqualTo(shared.resolve("lib/deep"));
        assertThat(host.release(NEW).resolve("log/app.log")).hasContent("kept");
        assertThat(host.release(NEW).resolve("app.txt")).hasContent("two\n");

        host.linkedDirs = List.of();
        assertThat(host.stage("20260101000002", source, NEW)).isEqualTo(new StageHost.Answer(0, ""));
        assertThat(TreeScan.scan(host.release("20260101000002"))).isEqualTo(TreeScan.scan(source));
        assertThat(shared.resolve("log/app.log")).hasContent("kept");
    }

    @Test
    void stage_whereAFileOfTheBaseWasEditedInPlace_needsTheWholeTree() throws IOException {
        stageOld();
        Files.writeString(host.release(OLD).resolve("lib/same.rb"), "evil\n");

        refusesNew("./lib/same.rb");
    }

    @Test
    void stage_whereAnEditWasHidden_isFoundByTheDigestsAlone() throws IOException {
        OddTree.make(source);
        stageOld();
        Path hidden = host.release(OLD).resolve("back\\slash");
        FileTime time = Files.getLastModifiedTime(hidden);
        Files.writeString(hidden, "evil slash");
        Files.setLastModifiedTime(hidden, time);

        assertThat(host.stage(NEW, source, OLD).status()).isZero();
        host.verifyAll = true;
        StageHost.Answer answer = host.stage("20260101000002", source, OLD);

        assertThat(answer.status()).isEqualTo(StageCommands.NEEDS_WHOLE_TREE);
        assertThat(answer.said()).contains("releases/" + OLD + " has other content than it should: ./back\\slash");
    }

    @Test
    void stage_whereAllIsVerified_passesWithOddNames() throws IOException {
        OddTree.make(source);
        stageOld();
        host.verifyAll = true;
        write("app.txt", "two\n");

        stagesNew();
    }

    @Test
    void stage_whereTheBaseHasOtherEntries_needsTheWholeTree() throws IOException {
        List<String> damages = List.of(
                "echo extra > extra",
                "mkdir extra",
                ": > 'ex\ntra'",
                "rm lib/same.rb",
                "rm alias; ln -s lib/diff.rb alias",
                "rm alias",
                "chmod 600 lib/same.rb",
                "chmod 700 lib",
                "echo more >> lib/same.rb",
                "rm -r empty; ln -s /tmp empty",
                "mkfifo pipe",
                "mv lib other; ln -s other lib",
                "mv app.txt a; mv zero app.txt; mv a zero",
                "rm zero; mkdir zero");
        for (String damage : damages) {
            shell("rm -rf '" + temp + "/host'; mkdir '" + temp + "/host'");
            host = new StageHost(temp.resolve("host"));
            stageOld();
            shell("cd '" + host.release(OLD) + "'; " + damage);

            refusesNew("releases/" + OLD + " is not as it was staged: ");
        }
    }

    @Test
    void stage_whereALinkWasPlantedForADirectory_touchesNothingBehindIt() throws IOException {
        stageOld();
        Path victim = Files.createDirectories(temp.resolve("victim"));
        Files.writeString(victim.resolve("away.txt"), "precious");
        shell("cd " + Sh.quote(host.release(OLD).toString()) + "; rm -r gone; ln -s '" + victim + "' gone");
        shell("rm gone/away.txt; echo x > gone/other");

        refusesNew("./gone");

        assertThat(victim).isDirectoryContaining("glob:**/away.txt").isDirectoryNotContaining("glob:**/other");
    }

    @Test
    void stage_whereTheBaseOrItsManifestIsGoneOrDamaged_needsTheWholeTree() throws IOException {
        List<String> damages = List.of(
                "rm -r releases/" + OLD,
                "mv releases/" + OLD + " elsewhere; ln -s ../elsewhere releases/" + OLD,
                "rm .deployflow/releases/" + OLD + "/record",
                "rm .deployflow/releases/" + OLD + "/manifest",
                ": > .deployflow/releases/" + OLD + "/record",
                "echo more >> .deployflow/releases/" + OLD + "/manifest");
        for (String damage : damages) {
            shell("rm -rf '" + temp + "/host'; mkdir '" + temp + "/host'");
            host = new StageHost(temp.resolve("host"));
            stageOld();
            HostManifest manifest = host.manifest(OLD);
            write("app.txt", damage);
            shell("cd '" + host.root + "'; " + damage);

            StageHost.Answer answer = host.stage(NEW, source, OLD, manifest);

            assertThat(answer.status()).as(damage).isEqualTo(StageCommands.NEEDS_WHOLE_TREE);
            assertThat(answer.said()).contains(OLD);
            assertThat(names("releases")).doesNotContain(NEW, NEW + ".tmp");
        }
    }

    @Test
    void stage_whereALinkIsPlantedInTheReleasesPlace_refuses() throws IOException {
        Path victim = Files.createDirectories(temp.resolve("victim"));
        Files.createDirectories(host.root.resolve("releases"));
        Files.createSymbolicLink(host.release(NEW), victim);
        Files.createSymbolicLink(host.release(NEW + ".tmp"), victim);

        StageHost.Answer answer = host.stage(NEW, source);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.said()).contains("releases/" + NEW + " is there already");
        assertThat(victim).isEmptyDirectory();
        assertThat(host.release(NEW + ".tmp")).doesNotExist();
    }

    @Test
    void stage_whenTheArchiveIsCutShort_leavesNothing() throws IOException {
        StageHost.Answer answer = host.stageCutShort(NEW, source);

        assertThat(answer.status()).isNotZero().isNotEqualTo(StageCommands.NEEDS_WHOLE_TREE);
        assertThat(names("releases")).isEmpty();
    }

    @Test
    void stage_whereAPushWasKilled_removesWhatItLeft_andNothingElse() throws IOException {
        Path locked = Files.createDirectories(host.root.resolve("releases/20250101000000.tmp/tree/locked"));
        Files.writeString(locked.resolve("file"), "x");
        shell("chmod 555 " + Sh.quote(locked.toString()));
        Files.createDirectories(host.root.resolve("releases/2019-backup.tmp"));

        stageOld();

        assertThat(names("releases")).containsExactly("2019-backup.tmp", OLD);
    }

    // What another account owns: neither rm nor chmod may touch it. Root, who may, must see the same in this test.
    @Test
    void stage_whereALeftoverCannotBeRemoved_saysSoAndGoesOn() throws IOException {
        Files.createDirectories(host.root.resolve("releases/20250101000000.tmp"));
        host.shell = List.of("/bin/sh", "-c", """
                rm() { case "$*" in *20250101000000*) return 1;; esac; command rm "$@"; }
                chmod() { return 1; }
                . "$0"
                """);

        StageHost.Answer answer = host.stage(OLD, source);

        assertThat(answer).isEqualTo(new StageHost.Answer(0, "releases/20250101000000.tmp cannot be removed\n"));
        assertThat(names("releases")).containsExactly("20250101000000.tmp", OLD);
    }

    @Test
    void stage_ofManyPaths_isNoArgumentListTooLong() throws IOException {
        shell("""
                name=$(printf 'n%.0s' $(seq 180)); mkdir many
                for i in $(seq 3000); do echo $i > many/$name$i; done
                """);
        stageOld();
        shell("rm -r many");

        stagesNew();
    }

    @Test
    void stage_asAnAccountWithAStrictUmask_keepsTheModes() throws IOException {
        host.shell = List.of("/bin/sh", "-c", "umask 077; . \"$0\"");
        stageOld();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.release(OLD))))
                .isEqualTo("rwxr-xr-x");
        write("app.txt", "two\n");

        stagesNew();
    }
}
