package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The section of a target with {@code type: ssh}.
 *
 * @param hosts where the directory goes
 * @param identity private key file; without it, the SSH agent and the files that {@code ~/.ssh/config} names
 * @param knownHosts file of trusted host keys; a host that is not in it is refused
 * @param deployTo absolute directory on every host that holds {@code releases/}, {@code shared/} and {@code current}
 * @param keepReleases how many releases stay on a host
 * @param linkedDirs directories below the release that are links into {@code shared/}, such as {@code log}
 * @param linkedFiles files below the release that are links into {@code shared/}; they must be there
 * @param build shell commands, run here one after the other in the exported tree before it is pushed
 * @param buildEnv environment of the build commands, on top of the tool's own
 * @param restart shell command, run on every host in the directory of the release that just went live
 * @param health what decides whether a release serves
 * @param connectTimeout how long connecting and logging in to one host may take
 * @param commandTimeout how long one command on a host may take, and how long an upload may stand still
 * @param parallel how many hosts are worked on at a time
 */
public record SshSettings(
        @Setting(value = "Hosts: host, user@host, user@host:port or ssh://user@host:port", required = true)
        List<String> hosts,

        @Setting("Private key file; default: the SSH agent and ~/.ssh/config")
        Optional<Path> identity,

        @Setting(value = "Trusted host keys; a host that is not in it is refused", defaultValue = "~/.ssh/known_hosts")
        Path knownHosts,

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

        @Setting("What decides whether a release serves") Optional<Health> health,

        @Setting(value = "How long connecting to a host may take", defaultValue = "10s")
        Duration connectTimeout,

        @Setting(value = "How long a command on a host may take, and an upload may stand still", defaultValue = "5m")
        Duration commandTimeout,

        @Setting(value = "How many hosts are worked on at a time", defaultValue = "25")
        int parallel) {

    private static final int LEAST_RELEASES = 2;

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
        checkHosts(hosts);
        check(
                deployTo.matches("/[^\\n\\r\\00]*[^/\\n\\r\\00]"),
                "deploy_to",
                "must be an absolute path, such as /var/www/shop");
        check(keepReleases >= LEAST_RELEASES, "keep_releases", "must be at least 2: what is live and what came before");
        check(parallel >= 1, "parallel", "must be at least 1");
        checkLinked("linked_dirs", linkedDirs);
        checkLinked("linked_files", linkedFiles);
        checkApart(linkedDirs, linkedFiles);
        checkPositive("connect_timeout", connectTimeout);
        checkPositive("command_timeout", commandTimeout);
    }

    private static void checkHosts(List<String> hosts) {
        check(!hosts.isEmpty(), "hosts", "must name at least one host");
        Set<String> labels = new HashSet<>();
        for (String host : hosts) {
            try {
                check(labels.add(HostAddress.parse(host).label()), "hosts", "names '" + host + "' twice");
            } catch (InvalidSettingException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException("hosts", String.valueOf(e.getMessage()));
            }
        }
    }

    private static void checkLinked(String key, List<String> paths) {
        for (String path : paths) {
            boolean inside = !path.isEmpty()
                    && List.of(path.split("/", -1)).stream()
                            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
            check(
                    inside && !path.contains("\n"),
                    key,
                    "'" + path + "' must be a path below the release, such as tmp/pids");
        }
    }

    // A link inside a linked directory would be made in shared/, in the place of what is there.
    private static void checkApart(List<String> dirs, List<String> files) {
        List<String> all = Stream.concat(dirs.stream(), files.stream()).toList();
        for (String path : all) {
            boolean clashes = Collections.frequency(all, path) > 1
                    || all.stream().anyMatch(other -> path.startsWith(other + "/"));
            String key = dirs.contains(path) ? "linked_dirs" : "linked_files";
            check(!clashes, key, "'" + path + "' is linked already, by itself or by a directory above it");
        }
    }

    private static void checkPositive(String key, Duration duration) {
        check(!duration.isNegative() && !duration.isZero(), key, "must be longer than 0");
    }

    private static void check(boolean right, String key, String problem) {
        if (!right) {
            throw new InvalidSettingException(key, problem);
        }
    }

    /**
     * What decides whether a release serves; either asks a URL or runs a command, again and again until it passes.
     *
     * @param url asked with GET from the host itself, through the SSH connection: {@code localhost} is the host; any
     *     2xx answer passes
     * @param command shell command, run on the host in the release's directory; exit status 0 passes
     * @param expect text that the answer or the output must contain
     * @param within how long it may take to pass
     */
    public record Health(
            @Setting("Asked from the host itself: http://localhost:3000/health")
            Optional<URI> url,

            @Setting("Shell command run on the host in the release's directory; status 0 passes")
            Optional<String> command,

            @Setting("Text that the answer must contain; {revision} and {release} are replaced")
            Optional<String> expect,

            @Setting(value = "How long it may take to pass", defaultValue = "30s")
            Duration within) {

        /**
         * Checks the parts.
         *
         * @throws InvalidSettingException if one is wrong
         */
        public Health {
            check(url.isPresent() != command.isPresent(), "", "needs either a url or a command");
            url.ifPresent(uri -> {
                try {
                    HealthUrl.of(uri);
                } catch (IllegalArgumentException e) {
                    throw new InvalidSettingException("url", String.valueOf(e.getMessage()));
                }
            });
            checkPositive("within", within);
        }
    }
}
