package io.deployflow.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.Session;
import java.lang.reflect.Field;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a channel sends ahead of what the host has taken. OpenSSH's server lets two megabytes come, keeps them in a
 * buffer, and copies all of it for each packet by which it grows, which takes more of a host's processor than all else
 * that a large upload needs. An eighth of that keeps a line busy whose answers come soon.
 *
 * <p>JSch has no setting for it, so its count of what it may still send is lowered before anything is sent: the server
 * only ever adds to it what the host has taken. Where JSch keeps no such count, or as a module of its own lets nobody
 * reach it, all is sent as far ahead as the server lets it.
 */
final class SendWindow {
    /** Bytes on their way to a host that is near. */
    static final long NEAR = 256 << 10;

    /** How soon a near host answers: so many bytes each time are 50 MB/s. */
    private static final Duration SOON = Duration.ofMillis(5);

    /** Others may tell what was taken only when more has come than this sends. */
    private static final String SERVER = "OpenSSH";

    private static final Logger LOG = LoggerFactory.getLogger(SendWindow.class);

    private SendWindow() {}

    /**
     * Limits a channel over which nothing was sent yet, where that is of use.
     *
     * @param answer how long the host took to accept the connection
     */
    static void limit(Channel channel, Session session, Duration answer) {
        if (answer.compareTo(SOON) > 0 || !session.getServerVersion().contains(SERVER)) {
            return;
        }
        try {
            Field left = Channel.class.getDeclaredField("rwsize");
            left.setAccessible(true);
            left.setLong(channel, Math.min(NEAR, left.getLong(channel)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("what is sent ahead is not limited", e);
        }
    }
}
