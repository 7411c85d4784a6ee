package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.Check;
import io.deployflow.Check.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a host before a deploy; the script is run by this machine's {@code sh}. */
class HostChecksTest {
    private static final List<String> ROOM = List.of("there", "free 900000", "live 300000");

    private final TestSettings settings = new TestSettings();

    @TempDir
    private Path temp;

    private List<Check> checks(List<String> survey, List<String> room) {
        return HostChecks.of("app1", HostState.parse(survey), HostRoom.parse(room), settings.make());
    }

    private Check check(String name, List<String> survey, List<String> room) {
        return checks(survey, room).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HostRoom room(Path root) throws IOException {
        ScriptRun run = ScriptRun.of(new RoomCommands(root.toString()).ask(), "");
        assertThat(run.status()).as(String.join("\n", run.error())).isZero();
        return HostRoom.parse(run.output());
    }

    @Test
    void room_whereAFileStandsAtTheDirectoryOrOnTheWay_isShut() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThat(room(file).shut()).contains(file.toString());
        assertThat(room(file.resolve("below")).shut()).contains(file.toString());
        assertThat(room(temp.resolve("not/there")).shut()).isEmpty();
        assertThat(room(temp).shut()).isEmpty();
    }

    @Test
    void of_whenTheDirectoryIsShut_isNotThatItCanBeMade() {
        assertThat(HostChecks.ofShut("app1", "/var/www/shop"))
                .extracting(Check::name, Check::outcome)
                .containsExactly(tuple("host", Outcome.OK), tuple("deploy_to", Outcome.FAILED));
    }

    @Test
    void of_whenAllIsWell_saysSoOfEachThing() {
        assertThat(checks(List.of(), ROOM))
                .allMatch(check -> check.outcome() == Outcome.OK && check.unit().equals("app1"))
                .extracting(Check::name)
                .containsExactly("host", "tools", "deploy_to", "disk space", "lock");
    }

    @Test
    void of_whenSomethingIsMissing_namesIt() {
        settings.linkedFiles = List.of("config/master.key", ".env");
        List<String> survey =
                List.of("missing-tool tar", "missing-linked-file config/master.key", "missing-linked-file .env");

        assertThat(check("tools", survey, ROOM)).satisfies(check -> {
            assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(check.detail()).isEqualTo("tar is missing");
        });
        assertThat(check("linked files", survey, ROOM).detail())
                .isEqualTo("shared/config/master.key, shared/.env are missing");
    }

    @Test
    void of_whenLockedOrNoLink_saysWhoAndWhat() {
        assertThat(check("lock", List.of("lock-by-hand bob@desk since 10:02: lunch"), ROOM)
                        .detail())
                .isEqualTo("locked by hand by bob@desk since 10:02: lunch");
        assertThat(check("current", List.of("current-is-no-link"), ROOM).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void of_whenThereIsTooLittleRoom_countsWhatIsCopied() {
        List<String> tight = List.of("there", "free 200000", "live 300000");

        assertThat(check("disk space", List.of(), tight).outcome()).isEqualTo(Outcome.OK);
        settings.copy = SshSettings.Copy.FULL;
        assertThat(check("disk space", List.of(), tight).detail())
                .isEqualTo("195 MB are free, and a release takes 292 MB");
        assertThat(check("disk space", List.of(), List.of("there", "free 100")).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void of_whenTheHostDoesNotTellItsRoom_isNoYes() {
        assertThat(check("disk space", List.of(), List.of("there")).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void of_whenItMayNotBeWritten_namesTheDirectory() {
        assertThat(check("deploy_to", List.of(), List.of("there", "read-only /var/www/shop/releases", "free 900000")))
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(check.detail()).isEqualTo("may not write to /var/www/shop/releases");
                });
    }

    @Test
    void room_ofADirectory_tellsWhatIsFreeAndWhatIsLive() throws IOException {
        Path root = temp.resolve("bob's $(shop) 1%s");
        Files.createDirectories(root.resolve("releases/1"));
        Files.write(root.resolve("releases/1/app"), new byte[100_000]);
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/1"));

        HostRoom room = room(root);

        assertThat(room.isThere()).isTrue();
        assertThat(room.readOnly()).isEmpty();
        assertThat(room.free().orElseThrow()).isPositive();
        assertThat(room.live().orElseThrow()).isBetween(90L, 200L);
    }

    @Test
    void room_ofADirectoryThatIsNotThere_isThatOfTheOneItWouldBeMadeIn() throws IOException {
        HostRoom room = room(temp.resolve("srv/shop"));

        assertThat(room.isThere()).isFalse();
        assertThat(room.readOnly()).isEmpty();
        assertThat(room.free()).isPresent();
    }
}
