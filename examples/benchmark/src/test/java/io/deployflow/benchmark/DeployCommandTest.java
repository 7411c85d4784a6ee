package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandTest {
    @TempDir
    Path folder;

    @Test
    void run_whenTheCommandReports_readsPhasesOutcomeAndReason() throws IOException {
        Map<String, Duration> told = new LinkedHashMap<>();

        Run run = command("""
                        echo '{"event":"phase_finished","phase":"build","took_ms":20}'
                        echo '{"event":"report","outcome":"restored","failure":{"message":"sick"},
                        "timeline":[{"phase":"build","took_ms":20},{"phase":"rollout","took_ms":30}],"lanes":[
                        {"spans":[{"name":"starting","took_ms":7},{"name":"serving","took_ms":900}]},
                        {"spans":[{"name":"starting","took_ms":9}]}]}' | tr -d '\\n'
                        exit 5
                        """).run("deploy", "staging", told::put);

        assertThat(told).containsExactly(Map.entry("build", Duration.ofMillis(20)));
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.outcome()).isEqualTo("restored");
        assertThat(run.failure()).isEqualTo("sick");
        assertThat(run.phases())
                .containsEntry("rollout", Duration.ofMillis(30))
                .containsEntry("start", run.wall().minusMillis(50));
        assertThat(run.steps()).containsExactly(Map.entry("starting", Duration.ofMillis(9)));
    }

    @Test
    void run_whenTheCommandSaysNothing_hasNoOutcome() throws IOException {
        Run run = command("exit 2").run("deploy", "staging", (phase, took) -> {});

        assertThat(run.outcome()).isEqualTo("none");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private DeployCommand command(String script) throws IOException {
        Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + script);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return new DeployCommand(launcher, folder.resolve("deploy.yml"), Map.of(), folder.resolve("errors"));
    }
}
