package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tool is killed while it deploys to hosts: they serve a whole release, and the next deploy puts all right. */
class KilledSshDeployIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.ofHosts();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void deploy_killedBetweenPushAndSwitch_leavesWhatWasLive() {
        String live = stage.source().greet("before the push");
        stage.run("deploy", Stage.HOSTS).exits(0);
        try (Visitor visitor = Visitor.of(stage.addresses(Stage.HOSTS))) {
            String pushed = stage.source().greet("never seen");
            killBeforeTheSwitch();

            CliRun status = stage.run("status", Stage.HOSTS).exits(0);
            assertThat(status.liveRevision()).isEqualTo(live);
            assertThat(status.texts("notices"))
                    .singleElement()
                    .asString()
                    .contains("(revision " + pushed + "), pushed by", "is left of a deploy that did not get through");

            stage.source().greet("after the push");
            stage.run("deploy", Stage.HOSTS).exits(0);
            visitor.saw("before the push", "after the push");
        }
    }

    private static void killBeforeTheSwitch() {
        try (HeldProgram one = stage.hosts().hold(0, "switching");
                HeldProgram other = stage.hosts().hold(1, "switching");
                CliProcess deploy = stage.start("deploy", Stage.HOSTS)) {
            one.awaitHost();
            other.awaitHost();
            deploy.kill();
            one.fail();
            other.fail();
        }
    }

    @Test
    void deploy_killedWhenOneHostIsSwitchedAndTheOtherIsNot_servesOneReleaseAndIsTakenBackByTheNext() {
        String live = stage.source().greet("before the switch");
        stage.run("deploy", Stage.HOSTS).exits(0);
        try (Visitor visitor = Visitor.of(stage.addresses(Stage.HOSTS))) {
            String switched = stage.source().greet("never seen");
            killWhenOnlyTheFirstHostIsSwitched();

            CliRun status = stage.run("status", Stage.HOSTS).exits(9);
            assertThat(stage.hosts().current()).doesNotHaveDuplicates();
            assertThat(status.liveRevision()).isEmpty();
            assertThat(status.answer().path("units").findValuesAsText("detail"))
                    .anySatisfy(detail -> assertThat(detail).startsWith("revision " + switched.substring(0, 10)))
                    .anySatisfy(detail -> assertThat(detail).startsWith("revision " + live.substring(0, 10)));
            assertThat(status.texts("notices"))
                    .contains("the hosts serve different releases")
                    .filteredOn(notice -> notice.contains("was not confirmed; the next deploy"))
                    .hasSize(2);

            String last = stage.source().greet("after the switch");
            CliRun next = stage.run("deploy", Stage.HOSTS).exits(0);
            assertThat(next.texts("warnings")).hasSize(2).allMatch(text -> text.contains("cut short in its switch"));
            assertThat(stage.run("status", Stage.HOSTS).liveRevision()).isEqualTo(last);
            visitor.saw("before the switch", "after the switch");
        }
    }

    private static void killWhenOnlyTheFirstHostIsSwitched() {
        String first = stage.hosts().label(0);
        try (HeldProgram other = stage.hosts().hold(1, "-T");
                CliProcess deploy = stage.start("deploy", Stage.HOSTS)) {
            deploy.awaitEvent(
                    "that the first host is switched",
                    event -> event.path("state").asText().equals("switched")
                            && event.path("unit").asText().equals(first));
            other.awaitHost();
            deploy.kill();
            other.fail();
        }
    }
}
