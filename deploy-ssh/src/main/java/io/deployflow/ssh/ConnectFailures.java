package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.TargetUnreachableException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said where a host cannot be connected to. */
final class ConnectFailures {
    private ConnectFailures() {}

    /** The host's key is not in known_hosts. */
    static TargetUnreachableException unknownKey(Endpoint endpoint, String type, String fingerprint, Path knownHosts) {
        return new TargetUnreachableException(
                "%s: its %s host key %s is not in %s".formatted(endpoint.host(), type, fingerprint, knownHosts),
                "Compare the fingerprint with the host's (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there), then trust it: "
                        + endpoint.keyscan(knownHosts),
                endpoint.host().label(),
                null);
    }

    /** The host has another key than known_hosts says. */
    static TargetUnreachableException changedKey(Endpoint endpoint, String type, String fingerprint, Path knownHosts) {
        return new TargetUnreachableException(
                "%s: its %s host key is now %s, which is not the one in %s: the host was set up anew, or somebody answers in its place"
                        .formatted(endpoint.host(), type, fingerprint, knownHosts),
                "Compare the fingerprint with the host's; only if it is the same: ssh-keygen -R '%s' -f %s && %s"
                        .formatted(endpoint.knownAs(), knownHosts, endpoint.keyscan(knownHosts)),
                endpoint.host().label(),
                null);
    }

    /** The host accepts none of the keys. */
    static TargetUnreachableException refused(Endpoint endpoint, List<String> offered, Throwable cause) {
        String keys = offered.isEmpty() ? "no key was there to offer" : "offered " + String.join(", ", offered);
        return new TargetUnreachableException(
                "%s: refuses to log in user '%s' (%s)".formatted(endpoint.host(), endpoint.user(), keys),
                offered.isEmpty()
                        ? "Set 'identity', or load a key into the SSH agent."
                        : "Put the public key into ~%s/.ssh/authorized_keys there, or set 'identity' to the right key."
                                .formatted(endpoint.user()),
                endpoint.host().label(),
                cause);
    }

    /** The host does not answer as an SSH server: the one failure that a deploy may go on without the host after. */
    static TargetUnreachableException unreachable(Endpoint endpoint, String reason, @Nullable Throwable cause) {
        return new TargetUnreachableException(
                "%s: cannot connect to %s port %d: %s"
                        .formatted(endpoint.host(), endpoint.hostname(), endpoint.port(), reason),
                "Check that the host is up and that this machine may reach its SSH port.",
                endpoint.host().label(),
                new HostDown(reason, cause));
    }

    /** ssh_config asks for a jump host. */
    static ConfigurationException proxied(Endpoint endpoint, String proxy) {
        return new ConfigurationException(
                "%s: ssh_config says '%s', which is not supported".formatted(endpoint.host(), proxy),
                "Deploy from a machine that reaches the host directly.",
                endpoint.host().label(),
                null);
    }

    /** The identity file cannot be used. */
    static ConfigurationException badIdentity(Endpoint endpoint, Path identity, String problem) {
        return new ConfigurationException(
                "identity " + identity + " " + problem,
                "Set 'identity' to a private key without a passphrase, or leave it out and load the key into the SSH agent.",
                endpoint.host().label(),
                null);
    }
}
