package io.deployflow.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * How sessions are set up: host keys strictly, public keys alone, and no round trip or algorithm that is not needed.
 * Left to itself, JSch asks which ways to log in there are, asks whether it may use a key before it signs, and tries
 * out at each connect algorithms that this Java does not have.
 */
final class JschSettings {
    private static final Duration ALIVE_INTERVAL = Duration.ofSeconds(5);
    private static final int ALIVE_COUNT = 3;
    private static final ThreadFactory READERS = ReaderThreads.factory();

    // The cheapest first. Group exchange is left out: it takes a round trip more, and a prime of the server's choice.
    private static final String KEX = "curve25519-sha256,curve25519-sha256@libssh.org,"
            + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
            + "diffie-hellman-group14-sha256,diffie-hellman-group16-sha512";
    private static final int JAVA_WITH_ML_KEM = 24;
    private static final String ML_KEM = "mlkem768x25519-sha256,";

    private JschSettings() {}

    /**
     * Sets up a session.
     *
     * @param keys how many keys are offered
     */
    static void apply(Session session, Endpoint endpoint, int keys) throws JSchException {
        // Anything but exactly "yes" would accept a changed key in silence.
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("enable_auth_none", "no");
        // A single key is signed with at once. Of several, the server is asked first which it takes: signing with an
        // agent's key may ask its owner.
        session.setConfig("enable_pubkey_auth_query", keys > 1 ? "yes" : "no");
        session.setConfig("kex", Runtime.version().feature() >= JAVA_WITH_ML_KEM ? ML_KEM + KEX : KEX);
        session.setConfig("CheckKexes", "");
        session.setConfig("CheckCiphers", "");
        session.setConfig("CheckSignatures", "");
        session.setThreadFactory(READERS);
        session.setDaemonThread(true);
        session.setServerAliveInterval(
                (int) endpoint.aliveInterval(ALIVE_INTERVAL).toMillis());
        session.setServerAliveCountMax(endpoint.aliveCount(ALIVE_COUNT));
        endpoint.options().one("hostkeyalias").ifPresent(session::setHostKeyAlias);
    }
}
