package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.ContentCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What the strategies share: the hosts, the scripts, and what the settings say of them.
 *
 * @param connections to the hosts
 * @param fleet the hosts
 * @param locks makes the lock's script
 * @param manualLocks makes the scripts of a lock by hand
 * @param surveys makes the survey's script
 * @param maintenance makes the scripts of the maintenance page
 * @param commands makes the other scripts
 * @param stages makes the script that stages a release
 * @param remembered manifests of what was deployed from here
 * @param linked paths of the release that are links into {@code shared/}
 * @param health decides whether a release serves
 * @param restart shell command that makes the application serve what {@code current} links to
 * @param keepReleases how many releases stay on a host
 * @param rules in which order hosts are worked on, which of them may be missing, and what runs on them besides
 */
record SshTarget(
        Connections connections,
        Fleet fleet,
        LockCommands locks,
        ManualLockCommands manualLocks,
        SurveyCommands surveys,
        MaintenanceCommands maintenance,
        ReleaseCommands commands,
        StageCommands stages,
        RememberedManifests remembered,
        List<String> linked,
        HealthGate health,
        Optional<String> restart,
        int keepReleases,
        FleetRules rules)
        implements AutoCloseable {

    /**
     * A target as its settings describe it; connects to nothing.
     *
     * @param connections to its hosts, made by {@link #connections}
     * @param asked is told of each question to a host: of which, and what it is
     */
    static SshTarget of(SshSettings settings, Connections connections, BiConsumer<String, String> asked) {
        return of(settings, connections, RememberedManifests.ofThisUser(), asked);
    }

    /**
     * The same with other manifests remembered.
     *
     * @param remembered manifests of what was deployed from here
     */
    static SshTarget of(
            SshSettings settings,
            Connections connections,
            RememberedManifests remembered,
            BiConsumer<String, String> asked) {
        Fleet fleet = new Fleet(
                hosts(settings).stream()
                        .map(host -> new RemoteShell(
                                host,
                                connections,
                                settings.deployTo(),
                                settings.commandTimeout(),
                                what -> asked.accept(host.label(), what)))
                        .toList(),
                settings.parallel());
        MaintenanceCommands maintenance = new MaintenanceCommands(
                settings.deployTo(),
                settings.maintenance().orElse(MaintenanceSettings.DEFAULT).file());
        ReleaseCommands commands = new ReleaseCommands(settings.deployTo());
        return new SshTarget(
                connections,
                fleet,
                new LockCommands(settings.deployTo()),
                new ManualLockCommands(settings.deployTo()),
                new SurveyCommands(settings.deployTo(), settings.linkedFiles(), maintenance),
                maintenance,
                commands,
                new StageCommands(
                        settings.deployTo(),
                        settings.linkedDirs(),
                        settings.copy(),
                        settings.check() == ContentCheck.FULL),
                remembered,
                settings.linked(),
                new HealthGate(settings.health(), commands),
                settings.restart(),
                settings.keepReleases(),
                FleetRules.of(settings));
    }

    /** Where its hosts are. */
    static List<HostAddress> hosts(SshSettings settings) {
        return settings.hosts().stream()
                .map(host -> HostAddress.parse(host.host()))
                .toList();
    }

    /** Connections to a target's hosts, none of which is made yet. */
    static Connections connections(SshSettings settings) {
        return new Connections(
                new Routes(new SshConfig(settings.sshConfig(), home()), settings.bastion()),
                new JschConnector(
                        settings.knownHosts(),
                        new JschIdentities(settings.identity(), Passphrases.of(settings.passphrase()), System.getenv()),
                        settings.connectTimeout()),
                settings.connectTimeout().orElse(JschConnector.TIMEOUT),
                settings.connectRetries().orElse(Integer.MAX_VALUE));
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    /** Ends the connections to the hosts, and then those to bastions. */
    @Override
    public void close() {
        fleet.close();
        connections.close();
    }

    /** What is on one host. */
    HostState survey(RemoteShell shell, CancellationToken cancellation) {
        return HostState.parse(shell.run(surveys.survey(), cancellation)
                .orFail("looking at the host")
                .output());
    }
}
