package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    private static final String REVISION = FakeRelease.NEW.revision();
    private static final String LIVE = """
            {"id":"20260101000000","revision":"%s","state":"live",\
            "created_at":"2026-01-01T10:11:12Z","created_by":"ann@desk"}""".formatted(REVISION);

    private final CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    @Test
    void deploy_whenAllGoesWell_tellsOneObjectALineAndTheReportLast() {
        assertThat(run("deploy", "staging")).isZero();
        assertThat(cli.out())
                .isEqualTo("""
                {"event":"phase_started","at":"T","target":"staging","phase":"preflight"}
                {"event":"phase_finished","at":"T","target":"staging","phase":"preflight","took_ms":0,"succeeded":true}
                {"event":"phase_started","at":"T","target":"staging","phase":"build"}
                {"event":"output","at":"T","target":"staging","phase":"build","unit":"local","line":"Step 1/1 : COPY . /app"}
                {"event":"phase_finished","at":"T","target":"staging","phase":"build","took_ms":0,"succeeded":true}
                {"event":"phase_started","at":"T","target":"staging","phase":"push"}
                {"event":"progress","at":"T","target":"staging","phase":"push","unit":"app1","what":"upload","measure":"bytes","done":10000000,"total":20000000}
                {"event":"progress","at":"T","target":"staging","phase":"push","unit":"app1","what":"upload","measure":"bytes","done":20000000,"total":20000000}
                {"event":"unit_changed","at":"T","target":"staging","phase":"push","unit":"app1","state":"staged","detail":"20260102030405"}
                {"event":"warning","at":"T","target":"staging","phase":"push","message":"the clock of app1 is 90 s late"}
                {"event":"phase_finished","at":"T","target":"staging","phase":"push","took_ms":0,"succeeded":true}
                {"event":"phase_started","at":"T","target":"staging","phase":"rollout"}
                {"event":"phase_finished","at":"T","target":"staging","phase":"rollout","took_ms":0,"succeeded":true}
                {"event":"phase_started","at":"T","target":"staging","phase":"cleanup"}
                {"event":"phase_finished","at":"T","target":"staging","phase":"cleanup","took_ms":0,"succeeded":true}
                {"event":"report","target":"staging","outcome":"deployed","exit_code":0,\
                "release":{"id":"20260102030405","revision":"REVISION","state":"live",\
                "created_at":"2026-01-01T10:11:12Z","created_by":"ann@desk"},\
                "previous":GOOD,"begun_at":"T","total_ms":0,"timeline":[\
                {"phase":"preflight","start_ms":0,"took_ms":0,"succeeded":true},\
                {"phase":"build","start_ms":0,"took_ms":0,"succeeded":true},\
                {"phase":"push","start_ms":0,"took_ms":0,"succeeded":true},\
                {"phase":"rollout","start_ms":0,"took_ms":0,"succeeded":true},\
                {"phase":"cleanup","start_ms":0,"took_ms":0,"succeeded":true}],\
                "lanes":[{"unit":"app1","service":"","release":"","replaced":false,"spans":[\
                {"name":"switch","at":"T","start_ms":0,"took_ms":0,"end":"done"}]}],\
                "units":[{"unit":"app1","state":"switched","detail":"20260102030405","took_ms":0},\
                {"unit":"app2","state":"switched","detail":"20260102030405","took_ms":0}],\
                "warnings":["the clock of app1 is 90 s late"],"failure":null}
                """.replace("REVISION", REVISION).replace("GOOD", LIVE.replace("live", "good")));
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void deploy_whenItFails_reportsTheFailureAndKeepsTheWordsForTheErrorStream() throws Exception {
        assertThat(run("deploy", "rollout", "--quiet")).isEqualTo(5);

        JsonNode report = new ObjectMapper().readTree(cli.out());
        assertThat(report.path("outcome").asText()).isEqualTo("restored");
        assertThat(report.path("exit_code").asInt()).isEqualTo(5);
        assertThat(report.path("failure")).hasToString("""
                {"kind":"rollout","message":"GET /health answers 500","remedy":"Look at puma.log.",\
                "unit":"app2","phase":"rollout"}""");
        assertThat(cli.err()).startsWith("Failed: GET /health answers 500\n");
    }

    @Test
    void deploy_whenItCannotBegin_endsWithAnErrorEvent() {
        assertThat(run("deploy", "stagin")).isEqualTo(2);
        assertThat(cli.out())
                .startsWith("{\"event\":\"error\",\"exit_code\":2,\"failure\":{\"kind\":\"configuration\",")
                .hasLineCount(1);
    }

    @Test
    void plan_whenAsked_isOneObjectWithChangesAndSteps() {
        assertThat(run("plan", "staging")).isZero();
        assertThat(cli.out()).isEqualTo("""
                {"event":"plan","target":"staging","revision":"REVISION","changes":[\
                {"what":"app1 current","from":"20260101000000","to":"20260102030405"},\
                {"what":"app1 releases","from":null,"to":"20260102030405"},\
                {"what":"app1 releases","from":"20251224180000","to":null}],"steps":[\
                {"phase":"push","unit":"app1","command":"mkdir -p /srv/releases","round":1},\
                {"phase":"push","unit":"app2","command":"mkdir -p /srv/releases","round":1},\
                {"phase":"rollout","unit":"app1","command":"ln -s releases/1 current.new\\nmv -T current.new current","round":0},\
                {"phase":"rollout","unit":"app1","command":"pumactl phased-restart","round":1}],"predictions":[{"service":"","shortest_ms":0,\
                "parts":[{"name":"starting","took_ms":0},{"name":"draining","took_ms":0}],\
                "savings":[{"setting":"deregistration_delay of target group puma","now":"300 s","instead":"30 s",\
                "saves_ms":0}],"assumptions":["the application answers its first health check"]}]}
                """.replace("REVISION", REVISION));
    }

    @Test
    void status_whenAsked_isOneObject() {
        assertThat(run("status", "staging")).isZero();
        assertThat(cli.out()).isEqualTo("""
                {"event":"status","target":"staging","live":LIVE,"units":[\
                {"unit":"app1","release":"20260101000000","healthy":true,"detail":"pid 7"},\
                {"unit":"app2","release":"none","healthy":false,"detail":"does not answer"}],\
                "notices":["release 20260102030405 was staged and never switched"],"whole":true}
                """.replace("LIVE", LIVE));
    }

    @Test
    void status_withTheTimeline_hasTheLastRolloutsToo() throws Exception {
        assertThat(run("status", "staging", "--timeline")).isZero();

        JsonNode rollout = new ObjectMapper().readTree(cli.out()).at("/rollouts/0");
        assertThat(rollout.at("/release/id").asText()).isEqualTo("20260101000000");
        assertThat(rollout.path("outcome").asText()).isEqualTo("deployed");
        assertThat(rollout.path("waited_for")).hasToString("[{\"name\":\"draining\",\"took_ms\":0}]");
        assertThat(rollout.at("/lanes/0/spans/0/name").asText()).isEqualTo("draining");
    }

    @Test
    void releases_whenAsked_isOneObject() throws Exception {
        assertThat(run("releases", "staging")).isZero();

        JsonNode releases = new ObjectMapper().readTree(cli.out()).path("releases");
        assertThat(releases.findValuesAsText("id"))
                .isEqualTo(List.of("20260102030405", "20260101000000", "20251224180000"));
        assertThat(releases.get(1)).hasToString(LIVE);
    }

    private int run(String command, String target, String... options) {
        return cli.run(Stream.concat(
                        Stream.of(command, target, "--output", "json", "--file", DeployYml.in(directory)),
                        Arrays.stream(options))
                .toArray(String[]::new));
    }
}
