package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Secret;
import io.deployflow.spi.InvalidSettingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SshSettingsTest {

    private static void assertWrong(Consumer<TestSettings> change, String key, String problem) {
        TestSettings settings = new TestSettings();
        change.accept(settings);
        assertThatThrownBy(settings::make)
                .hasMessageContaining(problem)
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidSettingException.class))
                .extracting(InvalidSettingException::key)
                .isEqualTo(key);
    }

    @Test
    void settings_withEveryDefault_areRight() {
        assertThat(new TestSettings().make().hosts()).containsExactly(SshSettings.Host.of("deploy@app1"));
    }

    @Test
    void hosts_whenNoneOrTwiceOrWrong_areRefused() {
        assertWrong(settings -> settings.hosts = List.of(), "hosts", "at least one");
        assertWrong(settings -> settings.hosts = List.of("a@app1", "b@app1"), "hosts", "names 'b@app1' twice");
        assertWrong(settings -> settings.hosts = List.of("app1:port"), "host", "'app1:port' is not a host");
    }

    @Test
    void deployTo_whenNotAbsolute_isRefused() {
        for (String path : List.of("www", "~/www", "/", "/www/", "")) {
            assertWrong(settings -> settings.deployTo = path, "deploy_to", "must be an absolute path");
        }
    }

    @Test
    void deployTo_withASlashAtItsEnd_isRefusedForThat() {
        assertWrong(settings -> settings.deployTo = "/www/", "deploy_to", "without a slash at its end");
    }

    @Test
    void buildEnv_withANameThatIsNone_isRefused() {
        for (String name : List.of("A=B", "", "RAILS ENV")) {
            assertWrong(settings -> settings.buildEnv = Map.of(name, "x"), "build_env", "is no name of a variable");
        }
    }

    @Test
    void keepReleases_belowTwo_isRefused() {
        assertWrong(settings -> settings.keepReleases = 1, "keep_releases", "must be at least 2");
    }

    @Test
    void linkedPaths_thatLeaveTheReleaseOrLieInEachOther_areRefused() {
        assertWrong(settings -> settings.linkedDirs = List.of("../etc"), "linked_dirs", "below the release");
        assertWrong(settings -> settings.linkedFiles = List.of("/etc/passwd"), "linked_files", "below the release");
        assertWrong(settings -> settings.linkedDirs = List.of("log", "log"), "linked_dirs", "linked already");
        assertWrong(
                settings -> {
                    settings.linkedDirs = List.of("config");
                    settings.linkedFiles = List.of("config/app.yml");
                },
                "linked_files",
                "'config/app.yml' is linked already");
    }

    @Test
    void linkedPaths_thatHideWhichRevisionAReleaseIsOf_areRefused() {
        String why = "REVISION says which revision a release is of";
        assertWrong(settings -> settings.linkedDirs = List.of("REVISION"), "linked_dirs", why);
        assertWrong(settings -> settings.linkedFiles = List.of("REVISION"), "linked_files", why);
    }

    @Test
    void health_withoutExactlyOneQuestion_isRefused() {
        assertThatThrownBy(() ->
                        new HealthSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("needs either a url or a command");
    }

    @Test
    void health_whenTheUrlIsNotHttp_pointsToCommand() {
        assertThatThrownBy(() -> new HealthSettings(
                        Optional.of(URI.create("https://localhost/health")),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("for anything else use 'command'");
    }

    @Test
    void batches_whenNeitherNumberNorPercentage_areRefused() {
        for (String text : List.of("0", "0%", "101%", "-1", "half", "1.5", "")) {
            assertWrong(settings -> settings.batches = text, "batches", "such as 4 or 25%, is '" + text + "'");
        }
    }

    @Test
    void gatekeeper_thatIsNoHost_isRefused() {
        assertWrong(settings -> settings.gatekeeper = "app9", "gatekeeper", "one of the hosts, is 'app9'");
    }

    @Test
    void onUnreachable_whenNeitherAbortNorSkip_isRefused() {
        for (String text : List.of("skip", "skip 0", "ignore", "skip -1")) {
            assertWrong(settings -> settings.onUnreachable = text, "on_unreachable", "is '" + text + "'");
        }
    }

    @Test
    void withoutLastHost_ofSeveral_isTheSameWithOneLess() {
        TestSettings settings = new TestSettings();
        settings.hosts = List.of("deploy@app1", "deploy@app2:2222", "deploy@app3");
        settings.gatekeeper = "app1";
        settings.batches = "50%";
        settings.build = List.of("make");
        settings.restart = "pumactl restart";
        SshSettings all = settings.make();
        settings.hosts = List.of("deploy@app1", "deploy@app2:2222");

        assertThat(all.withoutLastHost()).contains(settings.make());
        assertThat(new SshAdapter().withoutLastUnit(all)).contains(settings.make());
    }

    @Test
    void parallel_ofATarget_isWhatAComparisonPredictsBy() {
        TestSettings settings = new TestSettings();
        settings.parallel = 7;

        assertThat(new SshAdapter().parallel(settings.make())).contains(7);
    }

    @Test
    void withoutLastHost_whereThatOneMustBeThere_isNone() {
        TestSettings settings = new TestSettings();
        assertThat(settings.make().withoutLastHost()).isEmpty();

        settings.hosts = List.of("deploy@app1", "deploy@app2");
        settings.gatekeeper = "app2";
        assertThat(settings.make().withoutLastHost()).isEmpty();
    }

    @Test
    void hooks_withARoleThatNoHostHas_areRefused() {
        assertWrong(
                settings -> settings.hooks = List.of(new HookSettings(
                        Optional.of(HookSettings.HookPhase.PUSH),
                        Optional.empty(),
                        "make",
                        List.of("bd"),
                        false,
                        Map.of(),
                        false)),
                "hooks",
                "names the role 'bd', which no host has");
    }

    @Test
    void hook_withoutExactlyOnePhase_isRefused() {
        assertThatThrownBy(() ->
                        new HookSettings(Optional.empty(), Optional.empty(), "make", List.of(), false, Map.of(), false))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("needs either 'before' or 'after'");
    }

    @Test
    void hook_withANameThatNoVariableHas_isRefused() {
        assertThatThrownBy(() -> new HookSettings(
                        Optional.of(HookSettings.HookPhase.PUSH),
                        Optional.empty(),
                        "make",
                        List.of(),
                        false,
                        Map.of("A; rm -rf /", Secret.of("x")),
                        false))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("'A; rm -rf /' is no name of a variable");
    }
}
