package io.deployflow.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Path ROOT = Path.of("/tmp/root");
    private static final Path TAR = Path.of("/tmp/base.tar");

    @Test
    void commands_namesNoMirror_soTheMachinesOwnIsUsed() {
        assertThat(new Bootstrap(Bootstrap.Tool.MMDEBSTRAP).commands(ROOT, TAR))
                .containsExactly(List.of("mmdebstrap", "--variant=minbase", "bookworm", "/tmp/base.tar"));
        assertThat(new Bootstrap(Bootstrap.Tool.DEBOOTSTRAP).commands(ROOT, TAR))
                .contains(List.of("debootstrap", "--variant=minbase", "bookworm", "/tmp/root"))
                .hasSize(2);
    }

    @Test
    void run_whenTheCommandFails_showsItsOutput() {
        assertThatThrownBy(() -> Bootstrap.run(List.of("sh", "-c", "echo no mirror; exit 4")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("failed (4)", "no mirror");
    }

    /** As it is while images are made beside each other: they wait for this one. */
    @Test
    void run_commonPoolIsTaken_endsAllTheSame() {
        CountDownLatch done = new CountDownLatch(1);
        try {
            for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
                ForkJoinPool.commonPool().execute(() -> await(done));
            }

            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Bootstrap.run(List.of("true")));
        } finally {
            done.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
