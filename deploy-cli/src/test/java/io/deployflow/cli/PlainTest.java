package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
    private final CliRun cli = CliRun.piped();

    @TempDir
    Path directory;

    @Test
    void deploy_whenAllGoesWell_tellsOneLineAnEvent() {
        assertThat(deploy("staging")).isZero();
        assertThat(cli.out()).isEqualTo("""
                +0.0s   preflight  started
                +0.0s   preflight  done in 0.0s
                +0.0s   build      started
                +0.0s   build      done in 0.0s
                +0.0s   push       started
                +0.0s   push       app1  upload 50% (10.0/20.0 MB)
                +0.0s   push       app1  upload 100% (20.0/20.0 MB)
                +0.0s   push       app1  staged  20260102030405
                +0.0s   push       warning: the clock of app1 is 90 s late
                +0.0s   push       done in 0.0s
                +0.0s   rollout    started
                +0.0s   rollout    done in 0.0s
                +0.0s   cleanup    started
                +0.0s   cleanup    done in 0.0s
                  ok app1  switched  20260102030405
                  ok app2  switched  20260102030405
                staging serves 20260102030405 (revision 0123456789), before it was 20260101000000
                """);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void deploy_whenTheRolloutFails_saysWhatWhereAndHowToMendItOnTheErrorStream() {
        assertThat(deploy("rollout")).isEqualTo(5);
        assertThat(cli.err()).isEqualTo("""
                Failed: GET /health answers 500
                where:  app2, rollout
                remedy: Look at puma.log.
                rollout was put back: it serves 20260101000000 again
                """);
        assertThat(cli.out()).contains("rollout    failed after").endsWith("""
                  ok app1  restored  20260101000000
                  ok app2  restored  20260101000000
                """);
    }

    @Test
    void deploy_whenTheBuildFails_showsTheFailingStepAndThatNothingChanged() {
        assertThat(deploy("build")).isEqualTo(3);
        assertThat(cli.err()).isEqualTo("""
                Failed: step 2/3 failed:
                        bundle: not found
                where:  build
                remedy: Mend the Dockerfile.
                build was not changed: it serves 20260101000000 still
                """);
    }

    @Test
    void deploy_whenNotRestored_saysSo() {
        assertThat(deploy("restore")).isEqualTo(6);
        assertThat(cli.err())
                .contains("GET /health answers 500", "app2 does not answer")
                .endsWith("restore is not restored: not every unit serves what it served before\n");
    }

    @Test
    void deploy_whenSomethingUnexpectedFails_keepsTheStackTraceForVerbose() {
        assertThat(deploy("unexpected")).isEqualTo(1);
        assertThat(cli.err())
                .contains("unexpected IllegalStateException: a defect", "--verbose")
                .doesNotContain("\tat ");
    }

    @Test
    void deploy_whenVerbose_showsOutputAndStackTraces() {
        assertThat(deploy("unexpected", "--verbose")).isEqualTo(1);
        assertThat(cli.err()).contains("\tat io.deployflow.cli.FakeAdapter");
        assertThat(deploy("staging", "--verbose")).isZero();
        assertThat(cli.out()).contains("build      local | Step 1/1 : COPY . /app");
    }

    @Test
    void deploy_whenQuiet_onlyTellsHowItEnds() {
        assertThat(deploy("staging", "--quiet")).isZero();
        assertThat(cli.out())
                .isEqualTo("staging serves 20260102030405 (revision 0123456789), before it was 20260101000000\n");
    }

    @Test
    void deploy_whenTheOutputIsClosed_goesOn() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        PrintStream out = new PrintStream(closed, true, StandardCharsets.UTF_8);

        int code = new Cli(new Terminal(out, out, Map.of(), false, true))
                .run("deploy", "nothing", "--file", DeployYml.in(directory));

        assertThat(code).isZero();
        assertThat(DeployYml.journal(directory)).hasContent("deployed");
    }

    @ParameterizedTest
    @CsvSource({"full, FULL", "changed, CHANGED"})
    void deploy_whenToldWhatToVerify_tellsTheTarget(String word, String check) {
        assertThat(deploy("staging", "--verify", word)).isZero();
        assertThat(cli.out()).contains("app1  checked  " + check + "\n");
    }

    @Test
    void deploy_whenDry_showsChangesAndStepsAndChangesNothing() {
        assertThat(deploy("nothing", "--dry-run")).isZero();
        assertThat(cli.out()).isEqualTo("""
                nothing to revision 0123456789
                  ~ app1 current: 20260101000000 -> 20260102030405
                  + app1 releases: 20260102030405
                  - app1 releases: 20251224180000
                  rollout takes 5 min 25 s at the least: starting 25 s, draining 5 min
                    dominated by deregistration_delay of target group puma, 300 s: 30 s would save about 4 min 30 s
                    assumed: the application answers its first health check
                push on app1, app2
                  > mkdir -p /srv/releases
                rollout 1 of 2 on app1
                  > ln -s releases/1 current.new
                    mv -T current.new current
                rollout 2 of 2 on app1
                  > pumactl phased-restart
                Dry run: nothing was changed.
                """);
        assertThat(DeployYml.journal(directory)).doesNotExist();
    }

    @Test
    void status_withTheTimeline_showsWhereTheTimeOfTheLastRolloutsWent() {
        assertThat(cli.run("status", "staging", "--timeline", "--file", DeployYml.in(directory)))
                .isZero();
        assertThat(cli.out())
                .contains("20260101000000 (revision 0123456789, by ann@desk) deployed in 1m 00s, begun "
                        + "2026-01-02 03:04 UTC; the most of it was draining, 0.0s\n")
                .contains("3c puma:17  ....")
                .endsWith("  . draining 0.0s\n");
    }

    @Test
    void plan_whenAsked_showsTheChanges() {
        assertThat(cli.run("plan", "staging", "--file", DeployYml.in(directory)))
                .isZero();
        assertThat(cli.out()).isEqualTo("""
                staging to revision 0123456789
                  ~ app1 current: 20260101000000 -> 20260102030405
                  + app1 releases: 20260102030405
                  - app1 releases: 20251224180000
                  rollout takes 5 min 25 s at the least: starting 25 s, draining 5 min
                    dominated by deregistration_delay of target group puma, 300 s: 30 s would save about 4 min 30 s
                    assumed: the application answers its first health check
                """);
    }

    @Test
    void status_whenAsked_showsWhatServesAndWhatIsUnfinished() {
        assertThat(cli.run("status", "staging", "--file", DeployYml.in(directory)))
                .isZero();
        assertThat(cli.out()).isEqualTo("""
                staging serves 20260101000000 (revision 0123456789, pushed 2026-01-01 10:11 UTC by ann@desk)
                  ok app1  20260101000000  healthy    pid 7
                  x  app2  none            unhealthy  does not answer
                ! release 20260102030405 was staged and never switched
                """);
    }

    @Test
    void releases_whenAsked_showsATable() {
        assertThat(cli.run("releases", "staging", "--file", DeployYml.in(directory)))
                .isZero();
        assertThat(cli.out()).isEqualTo("""
                RELEASE         REVISION    STATE   PUSHED                BY
                20260102030405  0123456789  staged  2026-01-01 10:11 UTC  ann@desk
                20260101000000  0123456789  live    2026-01-01 10:11 UTC  ann@desk
                20251224180000  0123456789  good    2026-01-01 10:11 UTC  ann@desk
                """);
    }

    @Test
    void rollback_whenAsked_goesToTheLastGoodRelease() {
        assertThat(cli.run("rollback", "staging", "--file", DeployYml.in(directory)))
                .isZero();
        assertThat(cli.out()).contains("staging serves 20251224180000");
    }

    @Test
    void rollback_whenTheReleaseIsUnknown_namesThoseThereAre() {
        assertThat(cli.run("rollback", "staging", "--to", "1999", "--file", DeployYml.in(directory)))
                .isEqualTo(2);
        assertThat(cli.err()).contains("no release '1999'").contains("20251224180000");
    }

    private int deploy(String target, String... options) {
        String[] words = {"deploy", target, "--file", DeployYml.in(directory)};
        return cli.run(Stream.of(words, options).flatMap(Arrays::stream).toArray(String[]::new));
    }
}
