package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the staging script makes of trees of every kind. */
class StageScriptTest extends StagedTrees {
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

    @Test
    void stage_whereNothingNewCanBeLinked_leavesTheOldReleaseAsItIs() throws IOException {
        host.shell = List.of("/bin/sh", "-c", "cp() { [ \"$1\" != -alf ] && command cp \"$@\"; }; . \"$0\"");
        stageOld();
        write("app.txt", "two\n");

        stagesNew();

        assertThat(host.release(OLD).resolve("app.txt")).hasContent("one\n");
    }

    @Test
    void stage_whereACopyIsListedInAnotherOrder_isNotTakenForAnother() throws IOException {
        stageOld();
        Path record = host.meta(OLD).resolve("record");
        List<String> lines = new ArrayList<>(Files.readAllLines(record));
        Collections.reverse(lines);
        Files.write(record, lines);

        stagesNew();
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
    void stage_whereAllIsVerified_passesWithOddNames() throws IOException {
        OddTree.make(source);
        stageOld();
        host.verifyAll = true;
        write("app.txt", "two\n");

        stagesNew();
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
