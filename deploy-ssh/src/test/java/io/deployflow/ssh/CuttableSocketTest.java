package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CuttableSocketTest {
    private final CuttableSocket socket = new CuttableSocket(Dialer.DIRECT, Duration.ofMillis(200));

    @Test
    void close_whileAWriteHangsBecauseTheOtherSideTakesNothing_endsBoth() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket opened = socket.open("localhost", server.getLocalPort(), Duration.ofSeconds(5));
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> writeOn(opened, written));
            writer.start();
            awaitStandstill(written);

            socket.close(() -> join(writer));
            writer.join();

            assertThat(opened.isClosed()).isTrue();
        }
    }

    @Test
    void close_whereNothingHangs_leavesItToThePoliteOne() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket opened = socket.open("localhost", server.getLocalPort(), Duration.ofSeconds(5))) {
            socket.close(() -> closed.set(true));

            assertThat(closed).isTrue();
            assertThat(opened.isClosed()).isFalse();
        }
    }

    private static void writeOn(Socket socket, AtomicLong written) {
        byte[] block = new byte[1 << 16];
        try {
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(block);
                written.incrementAndGet();
            }
        } catch (IOException e) {
            // Cut, as it should be.
        }
    }

    private static void awaitStandstill(AtomicLong written) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long before = -1;
        while (written.get() != before) {
            before = written.get();
            assertThat(never.await(300, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isFalse();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
