package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ConfigurationException;
import io.deployflow.Phase;
import io.deployflow.PushException;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.RolloutException;
import io.deployflow.event.DeployEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One of three hosts has a disk that is full, cannot be written, or was tampered with: the fleet ends on one release,
 * the report names the host, and the next deploy succeeds once the cause is gone.
 */
class SurviveDiskIT extends RealHosts {
    private static final int BAD = 1;

    @Override
    boolean needsItsOwn() {
        return true;
    }

    @AfterEach
    void emptyTheSmallDisk() {
        story.on(BAD, "rm -rf /dev/shm/*");
    }

    @Test
    void deploy_whenADiskIsFull_changesNothingLive_andSucceedsOnceThereIsRoom() {
        // The only file system of a container that a test may fill: a tmpfs of 64 MB.
        story.settings.deployTo = "/dev/shm/shop";
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.settings.build = List.of("head -c 3000000 /dev/urandom > random.bin");
        story.on(
                BAD,
                "head -c 66000000 /dev/zero > /dev/shm/full 2>/dev/null || rm /dev/shm/full;"
                        + " head -c 65000000 /dev/zero > /dev/shm/full");

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessageContaining(story.label(BAD) + ": staging release")
                // What a program says of a full disk depends on where it stood.
                .hasMessageMatching("(?s).*(No space left on device|Wrote only).*")
                .hasMessageNotContainingAny(story.label(0), story.label(2));
        assertThat(report.units()).as("nothing was to be switched yet").isEmpty();
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.on(BAD, "ls /dev/shm/shop/releases")).doesNotContain(".tmp");

        story.on(BAD, "rm /dev/shm/full");
        deployed("two");
    }

    @Test
    void deploy_whenAFileSystemIsReadOnly_refusesBeforeAnythingIsChanged() {
        story.on(BAD, "mkdir -p /var/www/shop && ln -s /sys/kernel " + story.settings.deployTo);

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        story.label(BAD) + ": ",
                        "Read-only file system",
                        story.settings.deployTo + " cannot be written by deploy")
                .hasMessageNotContainingAny(story.label(0), story.label(2));
        assertThat(story.on(0, "ls " + story.settings.deployTo)).isEmpty();

        story.on(BAD, "rm " + story.settings.deployTo);
        deployed("one");
    }

    @Test
    void deploy_whenADirectoryCanNoLongerBeWrittenAtTheSwitch_putsTheOthersBack() {
        String one = story.deploy().orThrow().release().orElseThrow().id();
        story.write("app.txt", "two\n");
        story.onEvent = event -> {
            if (event instanceof DeployEvent.PhaseStarted && event.phase() == Phase.ROLLOUT) {
                story.on(BAD, "chmod a-w " + story.settings.deployTo);
            }
        };

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining(story.label(BAD) + ": ")
                .hasMessageContaining("Permission denied");
        assertThat(story.told(report))
                .containsExactly(
                        "0 RESTORED: serves again releases/" + one,
                        "1 UNCHANGED: serves releases/" + one,
                        "2 RESTORED: serves again releases/" + one);
        assertThat(story.served()).containsExactly("one", "one", "one");

        story.onEvent = event -> {};
        story.on(BAD, "chmod u+w " + story.settings.deployTo);
        deployed("two");
    }

    @Test
    void deploy_whenTheLiveReleaseWasTamperedWith_servesWhatWasDeployedAndNothingElse() {
        story.write("sub/gone.txt", "gone\n").write("size.txt", "1234567\n").write("link.txt", "x\n");
        story.deploy().orThrow();
        story.on(
                BAD,
                "cd " + story.settings.deployTo
                        + "/current/. && rm -r sub && echo 7654321 > size.txt && echo more > more.txt"
                        + " && chmod 777 app.txt && rm link.txt && ln -s /etc/passwd link.txt");
        story.write("app.txt", "two\n");

        Report report = deployed("two");

        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith(story.label(BAD) + ": ")
                .contains("is not as it was staged");
        String whole = tree(0);
        assertThat(whole).contains("gone.txt").doesNotContain("more.txt");
        assertThat(tree(BAD)).isEqualTo(whole);
        assertThat(tree(2)).isEqualTo(whole);
    }

    /** Modes, sizes, names, links and content of what a host serves. */
    private String tree(int host) {
        return story.on(
                host,
                "cd " + story.settings.deployTo + "/current/. && find . -printf '%M %y %p %l\\n' | sort;"
                        + " find . -type f -exec sha256sum {} + | sort");
    }

    @Test
    void deploy_whenALinkWasPlantedWhereTheReleaseShouldGo_refusesAndNeverWritesThroughIt() {
        story.deploy().orThrow();
        // Ids grow: after one of the future, which is no release, the next one is known.
        String planted = plantTheNextRelease();
        story.write("app.txt", "two\n");

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessageContainingAll(story.label(BAD) + ": ", "releases/" + planted + " is there already");
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.on(BAD, "ls -A /tmp/elsewhere")).isEmpty();

        story.on(BAD, "rm " + story.settings.deployTo + "/releases/" + planted);
        deployed("two");
        assertThat(story.on(BAD, "ls -A /tmp/elsewhere")).isEmpty();
    }

    /** Both where a release is put together and where it goes to; its id. */
    private String plantTheNextRelease() {
        Instant future = Instant.now().plusSeconds(7200);
        String planted = id(future.plusSeconds(1));
        story.on(0, "mkdir " + story.settings.deployTo + "/releases/" + id(future));
        story.on(
                BAD,
                "mkdir -p /tmp/elsewhere && cd " + story.settings.deployTo + "/releases && ln -s /tmp/elsewhere "
                        + planted + " && ln -s /tmp/elsewhere " + planted + ".tmp");
        return planted;
    }

    private static String id(Instant time) {
        return DateTimeFormatter.ofPattern("uuuuMMddHHmmss").format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    private Report deployed(String text) {
        Report next = story.deploy().orThrow();
        assertThat(story.told(next)).isEqualTo(story.allSwitched(next));
        assertThat(story.served()).containsExactly(text, text, text);
        return next;
    }
}
