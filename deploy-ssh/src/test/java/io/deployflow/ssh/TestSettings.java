package io.deployflow.ssh;

import io.deployflow.ContentCheck;
import io.deployflow.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings as {@code deploy.yml} would give them, with its defaults; a test changes what it is about. */
final class TestSettings {
    List<String> hosts = List.of("deploy@app1");

    @Nullable
    Path identity;

    Path knownHosts = Path.of("known_hosts");
    boolean knownHostsAsSshConfigSays;

    @Nullable
    String passphrase;

    @Nullable
    String bastion;

    @Nullable
    Path sshConfig;

    String deployTo = "/var/www/shop";
    int keepReleases = 5;
    List<String> linkedDirs = List.of();
    List<String> linkedFiles = List.of();
    List<String> build = new ArrayList<>();
    Map<String, String> buildEnv = Map.of();

    @Nullable
    String restart;

    @Nullable
    HealthSettings health;

    Duration connectTimeout = Duration.ofSeconds(10);
    Duration commandTimeout = Duration.ofMinutes(5);
    int parallel = 25;
    Map<String, SshSettings.Host> described = Map.of();

    @Nullable
    String batches;

    String gatekeeper = "false";
    String onUnreachable = "abort";
    List<HookSettings> hooks = List.of();
    SshSettings.Copy copy = SshSettings.Copy.HARDLINK;
    ContentCheck check = ContentCheck.CHANGED;

    @Nullable
    MaintenanceSettings maintenance;

    SshSettings make() {
        return new SshSettings(
                hosts.stream()
                        .map(host -> described.getOrDefault(host, SshSettings.Host.of(host)))
                        .toList(),
                Optional.ofNullable(identity),
                Optional.of(knownHosts).filter(path -> !knownHostsAsSshConfigSays),
                Optional.ofNullable(passphrase).map(Secret::of),
                Optional.ofNullable(bastion),
                Optional.ofNullable(sshConfig),
                deployTo,
                keepReleases,
                linkedDirs,
                linkedFiles,
                build,
                buildEnv,
                Optional.ofNullable(restart),
                Optional.ofNullable(health),
                Optional.of(connectTimeout),
                Optional.empty(),
                commandTimeout,
                parallel,
                Optional.ofNullable(batches),
                gatekeeper,
                onUnreachable,
                hooks,
                Optional.ofNullable(maintenance),
                copy,
                check);
    }

    static HealthSettings command(String command, int seconds) {
        return new HealthSettings(
                Optional.empty(), Optional.of(command), Optional.empty(), Duration.ofSeconds(seconds));
    }

    static HealthSettings url(String url, String expect, int seconds) {
        return new HealthSettings(
                Optional.of(URI.create(url)), Optional.empty(), Optional.of(expect), Duration.ofSeconds(seconds));
    }
}
