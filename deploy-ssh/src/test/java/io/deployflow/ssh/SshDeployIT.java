package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Report.Outcome;
import io.deployflow.RolloutException;
import io.deployflow.Status;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deploys to three real hosts that do what they should, with releases that sometimes do not. */
class SshDeployIT extends RealHosts {
    @Test
    void deploy_firstSecondAndRollback_switchesEveryHost() {
        Report first = story.deploy().orThrow();
        assertThat(story.served()).containsExactly("one", "one", "one");

        story.write("app.txt", "two\n");
        Report second = story.deploy().orThrow();
        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(second.previous().map(Release::id)).isEqualTo(first.release().map(Release::id));
        assertThat(second.warnings()).isEmpty();

        story.on(1, "touch /tmp/sick");
        story.settings.restart = "[ ! -e /tmp/sick ] || grep two app.txt";
        assertThat(story.deployer().rollback("classic").outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(story.served()).containsExactly("two", "two", "two");
        story.on(1, "rm /tmp/sick");

        Report back = story.deployer().rollback("classic").orThrow();
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(back.units()).extracting(UnitResult::state).containsOnly(UnitResult.State.SWITCHED);

        String secondId = second.release().orElseThrow().id();
        story.deployer()
                .rollback("classic", Optional.of(secondId), CancellationToken.create())
                .orThrow();
        assertThat(story.served()).containsExactly("two", "two", "two");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.LIVE, Release.State.GOOD);
        assertThat(story.on(0, "cat " + story.settings.deployTo + "/revisions.log")
                        .lines())
                .hasSize(4)
                .first()
                .asString()
                .matches("Branch HEAD \\(at [0-9a-f]{64}\\) deployed as release \\d{14} by alice@laptop");
    }

    @Test
    void deploy_whenOneHostFailsItsHealthCheck_restoresEveryHost() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.on(1, "touch /tmp/sick");
        story.settings.health = TestSettings.command("[ ! -e /tmp/sick ] || grep one app.txt", 2);
        story.settings.restart = "echo restarting with $(cat app.txt)";

        Report report = story.deploy();

        story.on(1, "rm /tmp/sick");
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining(story.label(1) + ": not healthy within 2 s")
                .hasMessageNotContaining(story.label(0));
        assertThat(report.units()).extracting(UnitResult::state).containsOnly(UnitResult.State.RESTORED);
        assertThat(story.served()).containsExactly("one", "one", "one");
        assertThat(story.deployer().releases("classic"))
                .extracting(Release::state)
                .containsExactly(Release.State.FAILED, Release.State.LIVE);
    }

    @Test
    void deploy_whenTheFirstReleaseFails_leavesNothingLive() {
        story.settings.restart = "echo cannot start; exit 3";

        Report report = story.deploy();

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow().getMessage())
                .contains("3 of 3 hosts failed", "exit status 3: cannot start");
        assertThat(report.units())
                .extracting(UnitResult::detail)
                .containsOnly("nothing was live before: 'current' is removed");
        assertThat(story.on(0, "ls " + story.settings.deployTo)).doesNotContain("current");
        assertThat(List.of(story.on(0, "ls -A " + story.settings.deployTo + "/.deployflow")
                        .split("\n")))
                .containsExactly("releases");
    }

    @Test
    void deploy_whenHealthIsAUrl_asksTheHostItselfForTheRevision() {
        story.write("server.rb", SERVER);
        story.settings.restart =
                "[ ! -f /tmp/url.pid ] || kill $(cat /tmp/url.pid); (ruby server.rb & echo $! > /tmp/url.pid)";
        story.settings.health = TestSettings.url("http://localhost:3123/health?deep=1", "{revision}", 20);

        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        Report report = story.deploy().orThrow();

        assertThat(report.warnings()).isEmpty();
        assertThat(story.deployer().status("classic").units()).allMatch(Status.Unit::healthy);
    }

    // Keeps the restart's output open, as a careless daemon does.
    private static final String SERVER = """
            require 'socket'
            revision = File.read('REVISION')
            server = TCPServer.new('127.0.0.1', 3123)
            loop do
              client = server.accept
              line = client.gets
              host = client.gets
              ok = line.start_with?('GET /health?deep=1 ') && host.strip == 'Host: localhost:3123'
              client.print "HTTP/1.1 #{ok ? 200 : 404} X\\r\\nConnection: close\\r\\n\\r\\n#{revision}"
              client.close
            end
            """;

    @Test
    void deploy_whenEntriesAreLinked_keepsThemFromReleaseToRelease() {
        story.settings.linkedDirs = List.of("log", "tmp/pids");
        story.settings.linkedFiles = List.of("config/my secret.yml");
        story.write("log/.keep", "").write("config/app.yml", "x");
        String shared = story.settings.deployTo + "/shared";

        Report refused = story.deploy();
        assertThat(refused.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(story.label(2) + ": the linked file shared/config/my secret.yml is missing");

        for (int host = 0; host < 3; host++) {
            story.on(host, "mkdir -p " + shared + "/config; echo s3 > '" + shared + "/config/my secret.yml'");
        }
        story.deploy().orThrow();
        story.on(0, "echo line > " + story.settings.deployTo + "/current/log/app.log");
        story.deploy().orThrow();

        assertThat(story.on(0, "cd " + story.settings.deployTo + "/current; cat log/app.log 'config/my secret.yml'"))
                .isEqualTo("line\ns3");
        assertThat(story.on(1, "readlink " + story.settings.deployTo + "/current/tmp/pids"))
                .isEqualTo(shared + "/tmp/pids");
    }

    @Test
    void deploy_whenThereAreManyReleases_keepsTheNewestAndTheOneToGoBackTo() {
        story.settings.keepReleases = 2;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(story.deploy().orThrow().release().orElseThrow().id());
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(story.on(0, "ls " + story.settings.deployTo + "/releases").lines())
                .containsExactlyElementsOf(ids.subList(2, 4));

        story.deployer().rollback("classic").orThrow();
        story.settings.restart = "exit 1";
        story.deploy();
        story.settings.restart = null;
        story.deployer()
                .rollback("classic", Optional.of(ids.get(3)), CancellationToken.create())
                .orThrow();

        assertThat(story.deployer().releases("classic")).extracting(Release::id).contains(ids.get(2), ids.get(3));
    }

    @Test
    void plan_tellsEveryChangeAndScript_andChangesNothing() {
        story.settings.build = List.of("make assets");
        Plan plan = story.deployer().plan("classic", DeployOptions.defaults());

        assertThat(plan.changes()).hasSize(3).allMatch(change -> change.what().endsWith(" current"));
        assertThat(plan.steps()).extracting(Plan.Step::command).contains("make assets");
        assertThat(plan.steps())
                .filteredOn(step -> step.unit().equals(story.label(0)))
                .extracting(Plan.Step::phase)
                .containsSequence(Phase.PUSH, Phase.ROLLOUT)
                .isSorted();
        assertThat(story.on(0, "ls /var/www/shop")).doesNotContain("plan_tells");
    }

    @Test
    void deploy_whenBuildCommandsAreGiven_runsThemInTheTree() {
        story.settings.build = List.of("printf %s \"$GREETING\" > made.txt", "cat app.txt");
        story.settings.buildEnv = Map.of("GREETING", "hello");
        story.deploy().orThrow();
        assertThat(story.on(1, "cat " + story.settings.deployTo + "/current/made.txt"))
                .isEqualTo("hello");

        story.settings.build = List.of("echo no such compiler; exit 7");
        Report report = story.deploy();
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("exit status 7")
                .hasMessageContaining("no such compiler");
        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void deploy_whenCancelledInTheRestart_restoresEveryHost() {
        story.deploy().orThrow();
        story.write("app.txt", "two\n");
        story.settings.restart = "if grep -q two app.txt; then echo waiting; sleep 600; fi";
        CancellationToken token = CancellationToken.create();
        story.onEvent = event -> {
            if (event instanceof DeployEvent.Output && event.phase() == Phase.ROLLOUT) {
                token.cancel();
            }
        };

        Report report = story.deploy(token);

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure().orElseThrow()).isInstanceOf(DeployCancelledException.class);
        assertThat(story.served()).containsExactly("one", "one", "one");
    }
}
