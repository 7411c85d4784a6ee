package io.deployflow.ssh;

import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import io.deployflow.DeployException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Tells what JSch's exceptions mean. */
final class JschFailures {
    // An SSH server that has too many connections in handshake (MaxStartups) closes new ones before its greeting.
    private static final Pattern DROPPED = Pattern.compile(
            "closed by foreign host|End of IO Stream|Connection reset|invalid server's version|Broken pipe");

    private JschFailures() {}

    /**
     * What came of a connection that failed.
     *
     * @throws HostConnection.DroppedException if the server closed it before it was asked who logs in
     */
    static DeployException of(
            JSchException e, Endpoint endpoint, JschKnownHosts known, JschOffer offer, Duration within)
            throws HostConnection.DroppedException {
        String message = String.valueOf(e.getMessage());
        if (e instanceof JSchHostKeyException) {
            return hostKey(e, endpoint, known);
        }
        if (message.startsWith("Auth ") || message.contains("Too many authentication failures")) {
            return ConnectFailures.refused(endpoint, offer.names(), e);
        }
        if (e.getCause() instanceof UnknownHostException) {
            return ConnectFailures.unreachable(endpoint, "no such host name", e);
        }
        if (e.getCause() instanceof ConnectException refused) {
            return ConnectFailures.unreachable(endpoint, String.valueOf(refused.getMessage()), e);
        }
        if (DROPPED.matcher(message).find()) {
            return dropped(e, message, endpoint, known);
        }
        boolean late = message.contains("timeout") || e.getCause() instanceof SocketTimeoutException;
        return late
                ? ConnectFailures.unreachable(endpoint, "no answer within " + within.toSeconds() + " s", e)
                : unknown(endpoint, message, e);
    }

    // A network that is down has its own words; anything else the server has said.
    private static DeployException unknown(Endpoint endpoint, String message, JSchException e) {
        return e.getCause() instanceof SocketException
                ? ConnectFailures.unreachable(
                        endpoint, String.valueOf(e.getCause().getMessage()), e)
                : ConnectFailures.unusable(endpoint, message, e);
    }

    // Once the server has shown its key, it has a place for this connection: what it closes then, it would close again.
    private static DeployException dropped(JSchException e, String message, Endpoint endpoint, JschKnownHosts known)
            throws HostConnection.DroppedException {
        if (!known.shown().isThere()) {
            throw new HostConnection.DroppedException(message, e);
        }
        return ConnectFailures.unusable(endpoint, "the server closed the connection while logging in", e);
    }

    private static DeployException hostKey(JSchException e, Endpoint endpoint, JschKnownHosts known) {
        HostKeyShown shown = known.shown();
        if (!shown.isThere()) {
            return ConnectFailures.unusable(endpoint, String.valueOf(e.getMessage()), e);
        }
        return e instanceof JSchChangedHostKeyException
                ? ConnectFailures.changedKey(endpoint, shown, known.known())
                : ConnectFailures.unknownKey(endpoint, shown, known.known());
    }
}
