package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deployflow.internal.config.FakeAdapters;
import io.deployflow.internal.config.FakeAdapters.Build;
import io.deployflow.internal.config.FakeAdapters.ContainerSettings;
import io.deployflow.internal.config.FakeAdapters.Health;
import io.deployflow.internal.config.FakeAdapters.HostSettings;
import io.deployflow.internal.config.FakeAdapters.Image;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFileTest {
    private static final String GOOD = """
            application: shop
            exclude: [log, "*.tmp"]
            targets:
              staging:
                type: ecs
                region: ap-northeast-1
                cluster: app-dev
                image:
                  repository: organization/app
                  build: no_daemon
                  dockerfile: docker/app/Dockerfile
                  args: { RUBY_VERSION: 3.10, FAST: on }
                timeout: 5m
                password: ${env:REGISTRY_PASSWORD}
                verify: { url: "http://localhost:8080/health", expect: "{revision}", within: 10s }
              classic:
                type: ssh
                hosts: [deploy@app1, "deploy@app2:2222"]
                deploy_to: /var/www/shop
                health: { url: "http://localhost:3000/health", within: 500ms }
            """;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("deploy.yml");
    }

    @Test
    void read_whenFileIsGood_bindsTheContainerTarget() throws IOException {
        Target staging = read(GOOD).target("staging");

        assertThat(staging)
                .isEqualTo(new Target(
                        "staging",
                        "ecs",
                        new ContainerSettings(
                                "app-dev",
                                Optional.of("ap-northeast-1"),
                                new Image(
                                        "organization/app",
                                        Build.NO_DAEMON,
                                        Path.of("docker/app/Dockerfile"),
                                        Map.of("RUBY_VERSION", "3.10", "FAST", "on")),
                                Duration.ofMinutes(5),
                                5_000_000_000L,
                                Optional.of(Secret.of("hunter2"))),
                        Optional.of(new Verification(
                                Optional.of(URI.create("http://localhost:8080/health")),
                                Optional.of("{revision}"),
                                Optional.empty(),
                                Duration.ofSeconds(10)))));
    }

    @Test
    void read_whenFileIsGood_bindsTheHostTargetWithDefaults() throws IOException {
        Target classic = read(GOOD).target("classic");

        assertThat(classic)
                .isEqualTo(Target.of(
                        "classic",
                        "ssh",
                        new HostSettings(
                                List.of("deploy@app1", "deploy@app2:2222"),
                                Path.of("/var/www/shop"),
                                5,
                                List.of("log", "tmp/pids"),
                                false,
                                Optional.of(
                                        new Health(URI.create("http://localhost:3000/health"), Duration.ofMillis(500))),
                                List.of())));
    }

    @Test
    void read_whenFileIsGood_givesTheApplicationWithItsSourceBesideTheFile() throws IOException {
        DeployFile read = read(GOOD);

        assertThat(read.path()).isEqualTo(file);
        assertThat(read.application()).isEqualTo(new Application("shop", directory, List.of("log", "*.tmp")));
        assertThat(read.targets()).extracting(Target::name).containsExactly("staging", "classic");
    }

    @Test
    void read_whenTargetsShareSettings_mergesThem() throws IOException {
        DeployFile read = read("""
                application: shop
                x-hosts: &common
                  type: ssh
                  deploy_to: ~/shop
                  keep_releases: 3
                targets:
                  one: { <<: *common, hosts: [app1] }
                  two:
                    <<: *common
                    hosts: [app2]
                    keep_releases: 4
                """);

        Path deployTo = Path.of(System.getProperty("user.home"), "shop");
        assertThat(read.targets())
                .extracting(Target::settings)
                .containsExactly(hosts("app1", deployTo, 3), hosts("app2", deployTo, 4));
    }

    @Test
    void read_whenSourceIsElsewhere_resolvesItAgainstTheFile() throws IOException {
        assertThat(read("source: ../app\n" + GOOD).application().source()).isEqualTo(directory.resolveSibling("app"));
    }

    @Test
    void target_whenThereIsNone_namesTheNearestAndAll() throws IOException {
        DeployFile read = read(GOOD);

        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> read.target("stagin"));

        assertThat(failure).hasMessage(file + " has no target 'stagin'; did you mean 'staging'?");
        assertThat(failure.remedy()).isEqualTo("the targets are 'staging', 'classic'");
    }

    @Test
    void read_whenThereIsNoFile_saysWhereItLookedAndHowToWriteOne() {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> DeployFile.read(file));

        assertThat(failure).hasMessage("there is no file " + file);
        assertThat(failure.remedy()).contains("--file", "application: shop", "type: ssh");
    }

    @Test
    void read_whenItIsADirectory_saysSo() {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> DeployFile.read(directory));

        assertThat(failure).hasMessage(directory + " is a directory");
        assertThat(failure.remedy()).isEqualTo("name the file in it");
    }

    @Test
    void read_whenItIsNotUtf8_saysSo() throws IOException {
        Files.write(file, new byte[] {'a', ':', (byte) 0xE9, '\n'});

        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> DeployFile.read(file));

        assertThat(failure).hasMessage(file + " is not text in UTF-8");
    }

    @Test
    void read_whenItCannotBeRead_saysWhy() throws IOException {
        Files.writeString(file, GOOD);
        Path below = file.resolve("deploy.yml");

        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> DeployFile.read(below));

        assertThat(failure).hasMessageStartingWith(below + " cannot be read: ").hasMessageContaining("Not a directory");
        assertThat(failure.remedy()).isEqualTo("check the file's owner and permissions");
    }

    @Test
    void read_whenTwoAdaptersAreOfOneType_namesBoth() {
        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> DeployFile.reader()
                        .adapters(List.of(FakeAdapters.ALL.get(0), FakeAdapters.ALL.get(0)))
                        .read(file));

        String name = FakeAdapters.class.getName() + "$Containers";
        assertThat(failure).hasMessage("there are two adapters for type 'ecs': " + name + " and " + name);
    }

    private static HostSettings hosts(String host, Path deployTo, int keepReleases) {
        return new HostSettings(
                List.of(host), deployTo, keepReleases, List.of("log", "tmp/pids"), false, Optional.empty(), List.of());
    }

    private DeployFile read(String text) throws IOException {
        Files.writeString(file, text);
        return DeployFile.reader()
                .adapters(FakeAdapters.ALL)
                .environment(Map.of("REGISTRY_PASSWORD", "hunter2")::get)
                .read(file);
    }
}
