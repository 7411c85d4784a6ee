package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReaderThreadsTest {
    @Test
    void factory_makesThreadsThatJschCanNameAndLetDieWithTheProcess() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        Thread thread = ReaderThreads.factory()
                .newThread(() -> ran.complete(Thread.currentThread().getName()));
        thread.setName("app1");
        thread.setDaemon(true);

        thread.start();

        assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo("app1");
    }

    @Test
    void factory_whereJavaHasThem_makesVirtualThreads() {
        Thread thread = ReaderThreads.factory().newThread(() -> {});

        assertThat(thread.toString().startsWith("VirtualThread"))
                .isEqualTo(Runtime.version().feature() >= 24);
    }
}
