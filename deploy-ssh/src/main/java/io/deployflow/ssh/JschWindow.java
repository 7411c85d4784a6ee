package io.deployflow.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.Session;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written on a channel, not much further ahead of what the host has taken than makes it faster. OpenSSH's
 * server lets two megabytes come, keeps them in a buffer, and copies all of it for each packet by which it grows, which
 * takes more of a host's processor than all else that a large upload needs.
 *
 * <p>JSch has no setting for it, so its count of what it may still send is lowered before anything is sent, and given
 * back as the window grows: the server only ever adds to it what the host has taken. Where JSch keeps no such count, or
 * as a module of its own lets nobody reach it, all is sent as far ahead as the server lets it.
 */
final class JschWindow extends FilterOutputStream {
    /** Bytes on their way at first. */
    static final long FIRST = 256 << 10;

    /** Others may tell what was taken only when more has come than this sends. */
    private static final String SERVER = "OpenSSH";

    private static final Logger LOG = LoggerFactory.getLogger(JschWindow.class);

    private final Channel channel;
    private final Field left;
    private final WindowGrowth growth;

    private JschWindow(OutputStream out, Channel channel, Field left, WindowGrowth growth) {
        super(out);
        this.channel = channel;
        this.left = left;
        this.growth = growth;
    }

    /**
     * Where to write on a channel over which nothing was sent yet.
     *
     * @throws IOException if nothing can be written on it
     */
    static OutputStream of(Channel channel, Session session) throws IOException {
        OutputStream out = channel.getOutputStream();
        if (!session.getServerVersion().contains(SERVER)) {
            return out;
        }
        try {
            Field left = Channel.class.getDeclaredField("rwsize");
            left.setAccessible(true);
            long whole = left.getLong(channel);
            if (whole <= FIRST) {
                return out;
            }
            left.setLong(channel, FIRST);
            return new JschWindow(out, channel, left, new WindowGrowth(FIRST, whole));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("what is sent ahead is not limited", e);
            return out;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long start = System.nanoTime();
        out.write(bytes, offset, length);
        sent(length, start);
    }

    @Override
    public void flush() throws IOException {
        long start = System.nanoTime();
        out.flush();
        sent(0, start);
    }

    /** Not by a flush first: where a write has failed, that says so once more. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private void sent(long bytes, long since) {
        long more = growth.grow(bytes, System.nanoTime() - since);
        if (more > 0) {
            widen(more);
        }
    }

    /** Under the lock by which JSch adds what was taken. */
    private void widen(long more) {
        synchronized (channel) {
            try {
                left.setLong(channel, left.getLong(channel) + more);
            } catch (IllegalAccessException e) {
                LOG.debug("what is sent ahead does not grow", e);
            }
        }
    }
}
