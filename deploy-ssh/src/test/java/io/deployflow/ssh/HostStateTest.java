package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostStateTest {

    @Test
    void survey_whereTheDirectoryCannotBeEntered_saysSoAndNotThatNothingIsThere(@TempDir Path temp) throws IOException {
        Path file = Files.createFile(temp.resolve("it's a file"));

        ScriptRun shut = survey(file);
        assertThat(shut.status()).isEqualTo(1);
        assertThat(shut.error()).singleElement().asString().startsWith(file + " is not a directory that ");
        assertThat(survey(temp.resolve("not/there")).status()).isZero();
    }

    private static ScriptRun survey(Path root) throws IOException {
        MaintenanceCommands page = new MaintenanceCommands(root.toString(), "down.html");
        return ScriptRun.of(new SurveyCommands(root.toString(), List.of(), page).survey(), "");
    }

    @Test
    void nothing_whereCurrentIsADirectory_isNotThatNothingIsLive() {
        assertThat(StatusReport.nothing(HostState.parse(List.of("current-is-no-link"))))
                .isEqualTo("'current' is not a link, so what it holds is no release");
        assertThat(StatusReport.nothing(HostState.parse(List.of("current /srv/other"))))
                .isEqualTo("current links to /srv/other, which is no release");
        assertThat(StatusReport.nothing(HostState.parse(List.of()))).isEqualTo("nothing is live");
    }

    @Test
    void parse_ofASurvey_findsEveryFact() {
        HostState state = HostState.parse(List.of(
                "Welcome to app1",
                "current releases/20260101000000",
                "release 20260101000000 good abcdef 2026-01-01T00:00:01Z alice@laptop",
                "release 20260102000000 staged unknown - unknown",
                "release misc staged unknown - unknown",
                "confirmed 20260101000000 one word",
                "leftover 20260103000000.tmp",
                "switching-release 20260102000000",
                "switching-previous releases/20260101000000",
                "switching-deploy another word",
                "lock bob@desk since noon",
                "missing-tool tar",
                "missing-linked-file config/my app.yml"));

        assertThat(state.live()).contains("20260101000000");
        assertThat(state.releases())
                .containsExactly(
                        new SshRelease(
                                "20260101000000",
                                "abcdef",
                                Instant.parse("2026-01-01T00:00:01Z"),
                                "alice@laptop",
                                State.GOOD),
                        new SshRelease(
                                "20260102000000",
                                "unknown",
                                Instant.parse("2026-01-02T00:00:00Z"),
                                "unknown",
                                State.STAGED));
        assertThat(state.leftovers()).containsExactly("20260103000000.tmp");
        assertThat(state.journal())
                .contains(new HostState.Journal(
                        "20260102000000", Optional.of("releases/20260101000000"), Optional.of("another word")));
        assertThat(state.hasConfirmed(
                        new HostState.Journal("20260101000000", Optional.empty(), Optional.of("one word"))))
                .isTrue();
        assertThat(state.hasConfirmed(
                        new HostState.Journal("20260101000000", Optional.empty(), Optional.of("another word"))))
                .isFalse();
        assertThat(state.lock()).contains(new HostState.Lock("bob@desk since noon", false));
        assertThat(Preflight.problems(state))
                .containsExactly("the command tar is missing", "the linked file shared/config/my app.yml is missing");
    }

    @Test
    void live_ofCapistranosAbsoluteLink_isItsRelease() {
        assertThat(HostState.parse(List.of("current /var/www/shop/releases/20260101000000"))
                        .live())
                .contains("20260101000000");
    }

    @Test
    void live_ofALinkElsewhere_isNothing() {
        assertThat(HostState.parse(List.of("current /srv/maintenance")).live()).isEmpty();
    }

    @Test
    void parse_ofAnEmptyHost_hasNothing() {
        HostState state = HostState.parse(List.of());

        assertThat(state.live()).isEmpty();
        assertThat(state.journal()).isEmpty();
        assertThat(Preflight.problems(state)).isEmpty();
    }
}
