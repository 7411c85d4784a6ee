package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said where a host cannot be connected to. */
final class ConnectFailures {
    private static final String COMPARE =
            "Compare the fingerprint with the host's (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there)";
    private static final int SERVER_LOOKS_AT = 5;

    private ConnectFailures() {}

    /** The host's key is not in known_hosts. */
    static TargetUnreachableException unknownKey(Endpoint endpoint, HostKeyShown key, KnownHosts known) {
        return new TargetUnreachableException(
                "%s: its %s host key %s is not in %s"
                        .formatted(endpoint.host(), key.type(), key.fingerprint(), known.names()),
                COMPARE + ", then trust it: " + trust(endpoint, key, known.first()),
                endpoint.host().label(),
                null);
    }

    /** The host has another key than known_hosts says, or one that is revoked there. */
    static TargetUnreachableException changedKey(Endpoint endpoint, HostKeyShown key, KnownHosts known) {
        for (String name : endpoint.knownNames()) {
            KnownHost revoking = known.revoking(name, key.bytes()).orElse(null);
            if (revoking != null) {
                return revokedKey(endpoint, key, revoking);
            }
        }
        String name =
                endpoint.knownNames().stream().filter(known::knows).findFirst().orElse(endpoint.knownAs());
        List<KnownHost> entries = known.of(name);
        return new TargetUnreachableException(
                "%s: its %s host key is now %s, which is not the one in %s: the host was set up anew, or somebody answers in its place"
                        .formatted(endpoint.host(), key.type(), key.fingerprint(), places(entries)),
                "%s; only if it is the same: %s%s"
                        .formatted(COMPARE, forget(name, entries), trust(endpoint, key, known.first())),
                endpoint.host().label(),
                null);
    }

    private static TargetUnreachableException revokedKey(Endpoint endpoint, HostKeyShown key, KnownHost entry) {
        return new TargetUnreachableException(
                "%s: its %s host key %s is revoked in %s"
                        .formatted(endpoint.host(), key.type(), key.fingerprint(), entry.place()),
                "Give the host a new key (ssh-keygen -A there), or find out who answers in its place.",
                endpoint.host().label(),
                null);
    }

    // The very key that was shown, and not what ssh-keyscan is given later; and this goes through bastions too.
    private static String trust(Endpoint endpoint, HostKeyShown key, Path file) {
        String line = Sh.quote(key.line(endpoint.knownAs()));
        return (endsWithinALine(file) ? "printf '\\n%s\\n' " : "echo ") + line + " >> " + Sh.quote(file.toString());
    }

    private static boolean endsWithinALine(Path file) {
        try (RandomAccessFile read = new RandomAccessFile(file.toFile(), "r")) {
            read.seek(Math.max(0, read.length() - 1));
            int last = read.read();
            return last >= 0 && last != '\n';
        } catch (IOException e) {
            // It is not there yet.
            return false;
        }
    }

    private static String forget(String name, List<KnownHost> entries) {
        return entries.stream()
                .map(KnownHost::file)
                .distinct()
                .map(file -> "ssh-keygen -R %s -f %s && ".formatted(Sh.quote(name), Sh.quote(file.toString())))
                .collect(Collectors.joining());
    }

    private static String places(List<KnownHost> entries) {
        return entries.stream().map(KnownHost::place).collect(Collectors.joining(", "));
    }

    /** The host accepts none of the keys. */
    static TargetUnreachableException refused(Endpoint endpoint, List<String> offered, Throwable cause) {
        String keys = offered.isEmpty() ? "no key was there to offer" : "offered " + String.join(", ", offered);
        return new TargetUnreachableException(
                "%s: refuses to log in user '%s' (%s)".formatted(endpoint.host(), endpoint.user(), keys),
                remedy(endpoint, offered.size()),
                endpoint.host().label(),
                cause);
    }

    private static String remedy(Endpoint endpoint, int offered) {
        if (offered == 0) {
            return "Set 'identity', or load a key into the SSH agent.";
        }
        if (offered > SERVER_LOOKS_AT) {
            return "A server looks at the first %d keys or so: name the right one by 'identity' (its .pub file is enough where the agent has it)."
                    .formatted(SERVER_LOOKS_AT);
        }
        return "Put the public key into ~%s/.ssh/authorized_keys there, or set 'identity' to the right key."
                .formatted(endpoint.user());
    }

    /** The host does not answer as an SSH server: the one failure that a deploy may go on without the host after. */
    static TargetUnreachableException unreachable(Endpoint endpoint, String reason, @Nullable Throwable cause) {
        return new TargetUnreachableException(
                "%s: cannot connect to %s port %d%s: %s"
                        .formatted(endpoint.host(), endpoint.hostname(), endpoint.port(), through(endpoint), reason),
                "Check that the host is up and that this machine may reach its SSH port.",
                endpoint.host().label(),
                new HostDown(reason, cause));
    }

    /** The host answers, and no login is possible all the same. */
    static TargetUnreachableException unusable(Endpoint endpoint, String reason, Throwable cause) {
        return new TargetUnreachableException(
                "%s: no login at %s port %d%s: %s"
                        .formatted(endpoint.host(), endpoint.hostname(), endpoint.port(), through(endpoint), reason),
                "See what ssh says: ssh -v " + endpoint.host().name(),
                endpoint.host().label(),
                cause);
    }

    private static String through(Endpoint endpoint) {
        return endpoint.bastion().map(bastion -> " through " + bastion.host()).orElse("");
    }

    /** The host's bastion cannot be connected to. */
    static TargetUnreachableException behind(Endpoint endpoint, TargetUnreachableException bastion) {
        return new TargetUnreachableException(
                "%s: its bastion cannot be used: %s".formatted(endpoint.host(), bastion.getMessage()),
                bastion.remedy(),
                endpoint.host().label(),
                HostDown.isWhy(bastion) ? bastion.getCause() : bastion);
    }

    /** ssh_config asks for what is not supported. */
    static ConfigurationException proxied(Endpoint endpoint, String proxy) {
        return new ConfigurationException(
                "%s: ssh_config says '%s', which is not supported".formatted(endpoint.host(), proxy),
                "Use ProxyJump or 'bastion', or deploy from a machine that reaches the host directly.",
                endpoint.host().label(),
                null);
    }

    /** The identity file cannot be used; the same for every host. */
    static ConfigurationException badIdentity(Path identity, String problem) {
        return new ConfigurationException(
                "identity " + identity + " " + problem,
                "Set 'identity' to a private key, and 'passphrase' to \"${env:NAME}\" if it has one, or load the key into the SSH agent (ssh-add).");
    }
}
