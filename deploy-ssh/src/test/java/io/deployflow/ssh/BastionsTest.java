package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                        opened.incrementAndGet();
                        return new IdleConnection();
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
        IdleConnection first = (IdleConnection) bastions.to(BASTION, IdleConnection::new);
        first.close();

        assertThat(bastions.to(BASTION, IdleConnection::new)).isNotSameAs(first);
    }

    @Test
    void to_whereItFailed_saysWhyAndTriesAgainForTheNext() {
        assertThatThrownBy(() -> bastions.to(BASTION, () -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(bastions.to(BASTION, IdleConnection::new).isOpen()).isTrue();
    }

    @Test
    void close_closesEveryOne() {
        IdleConnection one = (IdleConnection) bastions.to(BASTION, IdleConnection::new);

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
}
