package io.deployflow.ssh;

import io.deployflow.ContentCheck;
import io.deployflow.Secret;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The section of a target with {@code type: ssh}.
 *
 * @param hosts where the directory goes
 * @param identity private key file; without it, the SSH agent and the files that {@code ~/.ssh/config} names
 * @param knownHosts file of trusted host keys; a host that is not in it is refused; without it, the files that
 *     {@code ~/.ssh/config} names
 * @param passphrase unlocks the private key, if the agent does not have it; without it, whoever sits at the terminal is
 *     asked
 * @param bastion the hosts to connect through, one after the other, with commas between; without it, what
 *     {@code ProxyJump} says; {@code none} for none
 * @param sshConfig read instead of {@code ~/.ssh/config} and {@code /etc/ssh/ssh_config}
 * @param deployTo absolute directory on every host that holds {@code releases/}, {@code shared/} and {@code current}
 * @param keepReleases how many releases stay on a host
 * @param linkedDirs directories below the release that are links into {@code shared/}, such as {@code log}
 * @param linkedFiles files below the release that are links into {@code shared/}; they must be there
 * @param build shell commands, run here one after the other in the exported tree before it is pushed
 * @param buildEnv environment of the build commands, on top of the tool's own
 * @param restart shell command, run on every host in the directory of the release that just went live
 * @param health what decides whether a release serves
 * @param connectTimeout how long connecting and logging in to one host may take; without it, what ssh_config says
 * @param connectRetries how often a connect that the server dropped before the login is tried again, within the time
 *     for connecting; without it, as often as there is time
 * @param commandTimeout how long one command on a host may take, and how long an upload may stand still
 * @param parallel how many hosts are worked on at a time
 * @param batches how many hosts are switched at a time, {@code 4} or {@code 25%}; without it, all at once
 * @param gatekeeper the host that is switched and judged before any other: {@code true} for the first one, or its name
 * @param onUnreachable what becomes of a deploy where hosts cannot be reached: {@code abort}, or {@code skip N} of them
 * @param hooks commands before and after phases
 * @param maintenance where the maintenance page goes, and what it looks like
 * @param copy how a new release begins as a copy of the current one
 * @param check of which files of a new release the content is checked on the hosts
 */
public record SshSettings(
        @Setting(value = "Hosts: host, user@host, user@host:port or ssh://user@host:port", required = true)
        List<Host> hosts,

        @Setting("Private key file; default: the SSH agent and ~/.ssh/config")
        Optional<Path> identity,

        @Setting("Trusted host keys, any other host is refused; default: UserKnownHostsFile and GlobalKnownHostsFile of"
                + " ~/.ssh/config, which are ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts")
        Optional<Path> knownHosts,

        @Setting("Unlocks the private key, as \"${env:NAME}\"; default: asked on the terminal")
        Optional<Secret> passphrase,

        @Setting("Hosts to connect through, such as jump@bastion:22 or a,b; none for none; default: ProxyJump of"
                + " ~/.ssh/config")
        Optional<String> bastion,

        @Setting("Read instead of ~/.ssh/config and /etc/ssh/ssh_config")
        Optional<Path> sshConfig,

        @Setting(value = "Absolute directory on the hosts for releases/, shared/ and current", required = true)
        String deployTo,

        @Setting(value = "How many releases stay on a host, at least 2", defaultValue = "5")
        int keepReleases,

        @Setting("Directories of the release that are links into shared/")
        List<String> linkedDirs,

        @Setting("Files of the release that are links into shared/, where they must be already")
        List<String> linkedFiles,

        @Setting("Shell commands run here, in the exported tree, before it is pushed")
        List<String> build,

        @Setting("Environment of the build commands") Map<String, String> buildEnv,

        @Setting("Shell command run on every host in the new release's directory once it is live")
        Optional<String> restart,

        @Setting("What decides whether a release serves") Optional<HealthSettings> health,

        @Setting("How long connecting to a host may take; default: ConnectTimeout of ~/.ssh/config, else 10s")
        Optional<Duration> connectTimeout,

        @Setting("How often a connect that the server dropped before the login is tried again; default: as often as"
                + " connect_timeout allows")
        Optional<Integer> connectRetries,

        @Setting(value = "How long a command on a host may take, and an upload may stand still", defaultValue = "5m")
        Duration commandTimeout,

        @Setting(value = "How many hosts are worked on at a time", defaultValue = "25")
        int parallel,

        @Setting("How many hosts are switched at a time, such as 4 or 25%; default: all")
        Optional<String> batches,

        @Setting(value = "The host that goes first: true (the first one), or its name", defaultValue = "false")
        String gatekeeper,

        @Setting(value = "Where hosts cannot be reached: abort, or skip N of them", defaultValue = "abort")
        String onUnreachable,

        @Setting("Commands on the hosts before and after phases")
        List<HookSettings> hooks,

        @Setting("Where the maintenance page goes, and what it looks like")
        Optional<MaintenanceSettings> maintenance,

        @Setting(
                value = "How a new release begins as a copy of the current one: hardlink shares unchanged files,"
                        + " reflink shares their blocks where the file system can, full copies them",
                defaultValue = "hardlink")
        Copy copy,

        @Setting(
                value = "Of which files the content is checked on the hosts: of those that were sent, or of all",
                defaultValue = "changed")
        ContentCheck check) {

    private static final int LEAST_RELEASES = 2;

    /** How a new release begins as a copy of the current one. */
    public enum Copy {
        /** Unchanged files are the same files: an application must not write to its own. */
        HARDLINK,
        /** Unchanged files share their blocks where the file system can do that, and are copied where it cannot. */
        REFLINK,
        /** Unchanged files are copied. */
        FULL
    }

    /**
     * Copies the lists and checks every value.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public SshSettings {
        hosts = List.copyOf(hosts);
        linkedDirs = List.copyOf(linkedDirs);
        linkedFiles = List.copyOf(linkedFiles);
        build = List.copyOf(build);
        buildEnv = Map.copyOf(buildEnv);
        hooks = List.copyOf(hooks);
        SettingChecks.hosts(hosts);
        SettingChecks.check(
                deployTo.matches("/[^\\n\\r\\00]*[^/\\n\\r\\00]"),
                "deploy_to",
                "must be an absolute path without a slash at its end, such as /var/www/shop");
        SettingChecks.check(
                keepReleases >= LEAST_RELEASES,
                "keep_releases",
                "must be at least 2: what is live and what came before");
        SettingChecks.check(parallel >= 1, "parallel", "must be at least 1");
        SettingChecks.linked(linkedDirs, linkedFiles);
        SettingChecks.environment("build_env", buildEnv.keySet());
        connectTimeout.ifPresent(time -> SettingChecks.positive("connect_timeout", time));
        connectRetries.ifPresent(count -> SettingChecks.check(count >= 0, "connect_retries", "must not be below 0"));
        bastion.ifPresent(SettingChecks::bastion);
        SettingChecks.positive("command_timeout", commandTimeout);
        batches.ifPresent(BatchSize::parse);
        Gatekeeper.parse(gatekeeper, hosts);
        SkipLimit.parse(onUnreachable);
        SettingChecks.hooks(hooks, hosts);
    }

    /** The same with one host less; empty where there is one only, or where the last one must be there. */
    Optional<SshSettings> withoutLastHost() {
        if (hosts.size() == 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SshSettings(
                    hosts.subList(0, hosts.size() - 1),
                    identity,
                    knownHosts,
                    passphrase,
                    bastion,
                    sshConfig,
                    deployTo,
                    keepReleases,
                    linkedDirs,
                    linkedFiles,
                    build,
                    buildEnv,
                    restart,
                    health,
                    connectTimeout,
                    connectRetries,
                    commandTimeout,
                    parallel,
                    batches,
                    gatekeeper,
                    onUnreachable,
                    hooks,
                    maintenance,
                    copy,
                    check));
        } catch (InvalidSettingException e) {
            return Optional.empty();
        }
    }

    /** Everything that is linked. */
    List<String> linked() {
        return Stream.concat(linkedDirs.stream(), linkedFiles.stream()).toList();
    }

    /**
     * One host.
     *
     * @param host where it is, see {@link #hosts}
     * @param roles what it is for; hooks choose hosts by their roles
     * @param primary whether it is preferred, among the hosts of its roles, for what runs once
     */
    public record Host(
            @Setting(
                    value = "host, user@host, user@host:port or ssh://user@host:port",
                    required = true,
                    shorthand = true)
            String host,

            @Setting("What it is for: hooks choose hosts by roles")
            List<String> roles,

            @Setting(value = "Whether what runs once in a role runs here", defaultValue = "false")
            boolean primary) {

        /**
         * Checks the address.
         *
         * @throws InvalidSettingException if it is none
         */
        public Host {
            roles = List.copyOf(roles);
            try {
                HostAddress.parse(host);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException("host", String.valueOf(e.getMessage()));
            }
        }

        /** A host without roles. */
        public static Host of(String host) {
            return new Host(host, List.of(), false);
        }
    }
}
