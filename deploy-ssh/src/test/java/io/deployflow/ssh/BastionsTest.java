package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BastionsTest {
    private static final Endpoint BASTION =
            Endpoint.of(HostAddress.parse("jump@bastion"), SshOptions.NONE, Path.of("/home/alice"), "alice");

    private final Bastions bastions = new Bastions();
    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void to_ofManyAtOnce_opensOne() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(10);
        try {
            List<Future<HostConnection>> asked = IntStream.range(0, 10)
                    .mapToObj(i -> executor.submit(() -> bastions.to(BASTION, () -> {
                        await(all);
                        return new Fake(opened.incrementAndGet());
                    })))
                    .toList();
            all.countDown();
            for (Future<HostConnection> one : asked) {
                assertThat(one.get()).isSameAs(asked.get(0).get());
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(opened).hasValue(1);
    }

    @Test
    void to_whereItWasLost_opensAnother() {
        Fake first = (Fake) bastions.to(BASTION, () -> new Fake(1));
        first.open = false;

        assertThat(bastions.to(BASTION, () -> new Fake(2))).isNotSameAs(first);
    }

    @Test
    void to_whereItFailed_saysWhyAndTriesAgainForTheNext() {
        assertThatThrownBy(() -> bastions.to(BASTION, () -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(bastions.to(BASTION, () -> new Fake(2)).isOpen()).isTrue();
    }

    @Test
    void close_closesEveryOne() {
        Fake one = (Fake) bastions.to(BASTION, () -> new Fake(1));

        bastions.close();

        assertThat(one.isOpen()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Fake implements HostConnection {
        private volatile boolean open = true;

        Fake(int number) {
            assertThat(number).isPositive();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public RemoteProcess start(String command, OutputStream output, OutputStream error) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int forward(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unforward(int localPort) {}

        @Override
        public void close() {
            open = false;
        }
    }
}
