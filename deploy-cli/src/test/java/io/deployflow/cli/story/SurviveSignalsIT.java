package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tool gets SIGINT or SIGKILL in the middle of each step: every host serves a whole release, and the next deploy is
 * well.
 */
class SurviveSignalsIT {
    private static final int CANCELLED = 130;

    private static Stage stage;
    private static Path folder;
    private static Path deployFile;
    private static String live = "";

    @BeforeAll
    static void open() throws IOException {
        stage = Stage.ofHosts();
        folder = stage.folder();
        String text = stage.deployFileText().replaceAll("(?m)^    (restart|health):.*\n", "");
        deployFile = Files.writeString(folder.resolve("deploy.yml"), text + DeployStep.commands(folder));
        deployed("at first");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    /** The next step's deploy goes on from what an interrupt has left. */
    @ParameterizedTest
    @EnumSource
    void deploy_interruptedInAStep_endsWithOneReleaseOnEveryHost(DeployStep step) {
        String next = "not yet, in " + step;
        stage.source().greet(next);

        CliRun run = interruptIn(step);

        boolean done = step.outcome.equals("deployed");
        assertThat(run.answer().at("/outcome").asText()).isEqualTo(step.outcome);
        run.exits(done ? 0 : CANCELLED);
        live = done ? next : live;
        assertThat(served()).containsOnly(live);
        assertThat(told(run)).isEqualTo(step.outcome.equals("unchanged") ? List.of() : each(step));
    }

    /** Every host, what became of it, and what it serves, by the report. */
    private static List<String> told(CliRun run) {
        return StreamSupport.stream(run.answer().path("units").spliterator(), false)
                .map(unit -> "%s %s %s"
                        .formatted(
                                unit.path("unit").asText(),
                                unit.path("state").asText(),
                                unit.path("detail").asText()))
                .toList();
    }

    /** The same by the hosts themselves. */
    private static List<String> each(DeployStep step) {
        List<String> current = stage.hosts().current();
        return IntStream.range(0, current.size())
                .mapToObj(host -> stage.hosts().label(host) + " " + step.told(current.get(host)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void deploy_killedInAStep_leavesWholeReleases_andTheNextDeployIsWell(DeployStep step) {
        String next = "not yet, killed in " + step;
        stage.source().greet(next);

        killIn(step);

        assertThat(served()).isSubsetOf(live, next);
        deployed("after a kill in " + step);
    }

    /** What was held goes on once the tool has noticed the signal. */
    private static CliRun interruptIn(DeployStep step) {
        try (DeployStep.Held held = step.hold(stage.hosts(), folder);
                CliProcess deploy = stage.start(folder, deploy())) {
            held.awaitReached();
            deploy.interrupt();
            deploy.awaitCancelled();
            held.goOn();
            return deploy.join();
        }
    }

    /** What was held never happens. */
    private static void killIn(DeployStep step) {
        try (DeployStep.Held held = step.hold(stage.hosts(), folder);
                CliProcess deploy = stage.start(folder, deploy())) {
            held.awaitReached();
            deploy.kill();
        }
    }

    private static List<String> deploy() {
        return List.of("deploy", Stage.HOSTS, "--file", deployFile.toString());
    }

    /** Deploys what greets so, and sees that it is live everywhere and that nothing else is left. */
    private static void deployed(String greeting) {
        stage.source().greet(greeting);
        stage.run(folder, deploy()).exits(0);
        live = greeting;
        assertThat(served()).containsOnly(greeting);
        assertThat(stage.hosts().each("cd /var/www/shop; ls -A . .deployflow; ls releases | grep tmp || :"))
                .allSatisfy(names -> assertThat(names).doesNotContain("lock", "switching", ".tmp", ".current"));
    }

    private static List<String> served() {
        return stage.hosts().each("cat /var/www/shop/current/greeting.txt");
    }
}
