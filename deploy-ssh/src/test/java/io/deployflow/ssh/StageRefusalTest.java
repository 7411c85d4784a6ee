package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the staging script makes of a host that is not as it should be. */
class StageRefusalTest extends StagedTrees {
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
}
