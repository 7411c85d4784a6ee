package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import java.util.List;
import java.util.Optional;

/**
 * The host that is switched and judged before any other.
 *
 * @param wanted whether there is one
 * @param label the label of the one that is named; empty for the first
 */
record Gatekeeper(boolean wanted, Optional<String> label) {

    /**
     * Reads {@code true}, {@code false}, or one of the hosts.
     *
     * @throws InvalidSettingException if it is none of these
     */
    static Gatekeeper parse(String text, List<SshSettings.Host> hosts) {
        if (text.equals("true") || text.equals("false")) {
            return new Gatekeeper(text.equals("true"), Optional.empty());
        }
        return hosts.stream()
                .filter(host -> host.host().equals(text) || label(host).equals(text))
                .findFirst()
                .map(host -> new Gatekeeper(true, Optional.of(label(host))))
                .orElseThrow(() -> new InvalidSettingException(
                        "gatekeeper", "must be true, false, or one of the hosts, is '" + text + "'"));
    }

    private static String label(SshSettings.Host host) {
        return HostAddress.parse(host.host()).label();
    }

    /** It, among the hosts that take part; where the one that is named does not, the first of them takes its place. */
    Optional<RemoteShell> among(List<RemoteShell> shells) {
        if (!wanted) {
            return Optional.empty();
        }
        Optional<RemoteShell> named = shells.stream()
                .filter(shell -> label.equals(Optional.of(shell.label())))
                .findFirst();
        return named.or(() -> shells.stream().findFirst());
    }
}
