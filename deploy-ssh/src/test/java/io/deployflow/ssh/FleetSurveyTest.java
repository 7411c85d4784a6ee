package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release.State;
import io.deployflow.ssh.Recovery.Decision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetSurveyTest {
    private static final String OLD = "20260101000000";
    private static final String NEW = "20260102000000";

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

    private static String release(String id, String state) {
        return "release " + id + " " + state + " abc - alice";
    }

    private static List<String> journal(String live, String state) {
        return List.of(
                "current releases/" + live,
                release(OLD, "good"),
                release(NEW, state),
                "switching-release " + NEW,
                "switching-previous releases/" + OLD);
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
        FleetSurvey survey =
                survey(List.of("current releases/" + NEW, release(NEW, "good")), List.of("current releases/" + OLD));

        assertThat(survey.live()).isEmpty();
        assertThat(StatusReport.notices(survey)).contains("the hosts serve different releases");
    }

    @Test
    void status_isWhole_onlyWhereHostsServeTheSameAndNoSwitchIsOpen() {
        List<String> serving = List.of("current releases/" + NEW, release(NEW, "good"));

        assertThat(StatusReport.isWhole(survey(serving, serving))).isTrue();
        assertThat(StatusReport.isWhole(survey(List.of(), List.of()))).isTrue();
        assertThat(StatusReport.isWhole(survey(serving, List.of("current releases/" + OLD))))
                .isFalse();
        assertThat(StatusReport.isWhole(survey(serving, List.of()))).isFalse();
        assertThat(StatusReport.isWhole(survey(journal(NEW, "staged"), journal(NEW, "staged"))))
                .isFalse();
    }

    @Test
    void decide_whenNobodyConfirmedTheSwitch_undoesItEverywhere() {
        FleetSurvey survey = survey(journal(NEW, "staged"), journal(OLD, "staged"));

        assertThat(Recovery.decide(survey).values()).containsExactly(Decision.UNDO, Decision.UNDO);
    }

    @Test
    void decide_whenOneHostConfirmedTheSwitch_finishesItOnTheOthers() {
        FleetSurvey survey = survey(
                List.of("current releases/" + NEW, release(NEW, "good"), release(OLD, "good")), journal(NEW, "staged"));

        assertThat(Recovery.decide(survey).values()).containsExactly(Decision.FINISH);
    }

    @Test
    void decide_whenAGoodReleaseWasRolledOutAgain_undoesWhatNobodyConfirmed() {
        FleetSurvey survey = survey(journal(NEW, "good"), journal(OLD, "good"));

        assertThat(Recovery.decide(survey).values()).containsExactly(Decision.UNDO, Decision.UNDO);
    }

    @Test
    void decide_whenAHostThatWasLeftOutHasServedTheReleaseBefore_undoesWhatNobodyConfirmed() {
        FleetSurvey survey = survey(
                List.of("current releases/" + OLD, release(OLD, "good"), release(NEW, "good")), journal(NEW, "good"));

        assertThat(Recovery.decide(survey).values()).containsExactly(Decision.UNDO);
    }

    @Test
    void decide_whenAHostThatWasLeftOutServesTheRelease_undoesItWhereNotAllWereSwitched() {
        FleetSurvey survey = survey(
                List.of("current releases/" + NEW, release(NEW, "good")), journal(NEW, "good"), journal(OLD, "good"));

        assertThat(Recovery.decide(survey).values()).containsExactly(Decision.UNDO, Decision.UNDO);
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
        List<String> pushed = List.of("current releases/" + OLD, release(OLD, "good"), release(NEW, "staged"));
        List<String> locked = Stream.concat(pushed.stream(), Stream.of("lock bob@desk since noon"))
                .toList();

        assertThat(StatusReport.notices(survey(pushed)))
                .containsExactly("release " + NEW + " (revision abc), pushed by alice at 2026-01-02T00:00:00Z,"
                        + " is left of a deploy that did not get through; it is not live");
        assertThat(StatusReport.notices(survey(locked))).containsExactly("locked by bob@desk since noon");
    }
}
