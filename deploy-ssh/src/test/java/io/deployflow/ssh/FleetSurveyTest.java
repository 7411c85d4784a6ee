package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release.State;
import io.deployflow.ssh.Recovery.Decision;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetSurveyTest {
    private static final String OLD = "20260101000000";
    private static final String NEW = "20260102000000";
    private static final String THIS = "the-word-of-the-deploy";

    @SafeVarargs
    private static FleetSurvey survey(List<String>... hosts) {
        Map<RemoteShell, HostState> states = new LinkedHashMap<>();
        for (List<String> lines : hosts) {
            HostAddress host = HostAddress.parse("app" + (states.size() + 1));
            Connections none = new Connections(
                    endpoint -> {
                        throw new AssertionError("nothing connects here");
                    },
                    Duration.ofSeconds(1));
            states.put(new RemoteShell(host, none, "/srv", Duration.ofSeconds(1)), HostState.parse(lines));
        }
        return new FleetSurvey(states);
    }

    @SafeVarargs
    private static Collection<Decision> decisions(List<String>... hosts) {
        return Recovery.decide(survey(hosts)).values();
    }

    private static String release(String id, String state) {
        return "release " + id + " " + state + " abc - alice";
    }

    /** A host where it serves, and has passed its checks. */
    private static List<String> serving(String id, String... more) {
        return Stream.concat(Stream.of("current releases/" + id, release(id, "good")), Stream.of(more))
                .toList();
    }

    /** A host where a deploy began a switch to the new release. */
    private static List<String> journal(String live, String state) {
        return List.of(
                "current releases/" + live,
                release(OLD, "good"),
                release(NEW, state),
                "switching-release " + NEW,
                "switching-previous releases/" + OLD,
                "switching-deploy " + THIS);
    }

    private static String confirmed(String id, String deploy) {
        return "confirmed " + id + " " + deploy;
    }

    @Test
    void history_overAllHosts_givesEachReleaseOneState() {
        FleetSurvey survey = survey(
                List.of(
                        "current releases/" + NEW,
                        release(OLD, "good"),
                        release(NEW, "good"),
                        release("20260103000000", "failed"),
                        release("20260104000000", "staged"),
                        release("20260105000000", "staged")),
                List.of(
                        "current releases/" + NEW,
                        release(OLD, "good"),
                        release(NEW, "good"),
                        release("20260103000000", "staged"),
                        release("20260104000000", "staged"),
                        "leftover 20260106000000.tmp"));

        assertThat(survey.history())
                .extracting(SshRelease::state)
                .containsExactly(State.BROKEN, State.BROKEN, State.STAGED, State.FAILED, State.LIVE, State.GOOD);
        assertThat(survey.live()).map(SshRelease::id).contains(NEW);
        assertThat(survey.ids()).contains("20260106000000");
    }

    @Test
    void live_whenHostsDiffer_isNothing_andStatusSaysSo() {
        FleetSurvey survey = survey(serving(NEW), List.of("current releases/" + OLD));

        assertThat(survey.live()).isEmpty();
        assertThat(StatusReport.notices(survey)).contains("the hosts serve different releases");
    }

    @Test
    void status_isWhole_onlyWhereHostsServeTheSameAndNoSwitchIsOpen() {
        assertThat(StatusReport.isWhole(survey(serving(NEW), serving(NEW)))).isTrue();
        assertThat(StatusReport.isWhole(survey(List.of(), List.of()))).isTrue();
        assertThat(StatusReport.isWhole(survey(serving(NEW), List.of("current releases/" + OLD))))
                .isFalse();
        assertThat(StatusReport.isWhole(survey(serving(NEW), List.of()))).isFalse();
        assertThat(StatusReport.isWhole(survey(journal(NEW, "staged"), journal(NEW, "staged"))))
                .isFalse();
    }

    @Test
    void decide_whenNobodyConfirmedTheSwitch_undoesItEverywhere() {
        assertThat(decisions(journal(NEW, "staged"), journal(OLD, "staged")))
                .containsExactly(Decision.UNDO, Decision.UNDO);
    }

    @Test
    void decide_whenOneHostConfirmedTheSwitch_finishesItOnTheOthers() {
        assertThat(decisions(
                        serving(NEW, release(OLD, "good"), confirmed(NEW, THIS)),
                        journal(NEW, "staged"),
                        journal(NEW, "staged")))
                .containsExactly(Decision.FINISH, Decision.FINISH);
    }

    @Test
    void decide_whenOneHostConfirmedTheSwitch_andAnotherOneLostIt_finishesItWhereItIs() {
        assertThat(decisions(serving(NEW, confirmed(NEW, THIS)), journal(NEW, "staged"), journal(OLD, "staged")))
                .containsExactly(Decision.FINISH, Decision.UNDO);
    }

    @Test
    void decide_whenAGoodReleaseWasRolledOutAgain_undoesWhatNobodyConfirmed() {
        assertThat(decisions(journal(NEW, "good"), journal(OLD, "good"))).containsExactly(Decision.UNDO, Decision.UNDO);
    }

    @Test
    void decide_whenAHostThatWasLeftOutHasServedTheReleaseBefore_undoesWhatNobodyConfirmed() {
        assertThat(decisions(serving(OLD, release(NEW, "good")), journal(NEW, "good")))
                .containsExactly(Decision.UNDO);
    }

    @Test
    void decide_whenAHostThatWasLeftOutServesTheRelease_undoesItWhereNotAllWereSwitched() {
        assertThat(decisions(serving(NEW, confirmed(NEW, "another")), journal(NEW, "good"), journal(OLD, "good")))
                .containsExactly(Decision.UNDO, Decision.UNDO);
    }

    @Test
    void decide_whenAHostThatWasLeftOutServesTheRelease_undoesItAlsoWhereAllOthersWereSwitched() {
        assertThat(decisions(serving(NEW, confirmed(NEW, "another")), journal(NEW, "good"), journal(NEW, "good")))
                .containsExactly(Decision.UNDO, Decision.UNDO);
        assertThat(decisions(serving(NEW), journal(NEW, "good"))).containsExactly(Decision.UNDO);
    }

    @Test
    void history_whereOneHostServesAnOlderRelease_hasItLiveOnlyIfAllHaveItToGoBackTo() {
        List<String> left = List.of("current releases/" + OLD, release(OLD, "good"));

        assertThat(survey(serving(NEW, release(OLD, "good")), left).history())
                .extracting(SshRelease::state)
                .containsExactly(State.LIVE, State.LIVE);
        assertThat(survey(serving(NEW), left).history())
                .extracting(SshRelease::state)
                .containsExactly(State.LIVE, State.BROKEN);
    }

    @Test
    void notices_ofAKilledDeploy_nameWhatIsLeft() {
        FleetSurvey survey = survey(List.of(
                "leftover " + NEW + ".tmp",
                "switching-release " + NEW,
                "switching-previous ",
                "lock bob@desk since noon"));

        assertThat(StatusReport.notices(survey))
                .containsExactly(
                        "locked by bob@desk since noon",
                        "app1: a switch from nothing to " + NEW + " was not confirmed yet",
                        "app1: releases/" + NEW
                                + ".tmp is left of a push that did not end; the next deploy removes it");
    }

    @Test
    void notices_whenTheNewestReleaseNeverWentLive_nameItUnlessSomebodyIsAtIt() {
        List<String> pushed = serving(OLD, release(NEW, "staged"));
        List<String> locked = serving(OLD, release(NEW, "staged"), "lock bob@desk since noon");

        assertThat(StatusReport.notices(survey(pushed)))
                .containsExactly("release " + NEW + " (revision abc), pushed by alice at 2026-01-02T00:00:00Z,"
                        + " is left of a deploy that did not get through; it is not live");
        assertThat(StatusReport.notices(survey(locked))).containsExactly("locked by bob@desk since noon");
    }
}
