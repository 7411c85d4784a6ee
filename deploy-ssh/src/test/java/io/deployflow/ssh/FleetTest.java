package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FleetTest {
    private static final int HOSTS = 500;
    private static final int PARALLEL = 7;

    // A thread for whatever is handed to it, and the most that it had.
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(HOSTS, HOSTS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final Connections connections = new Connections(endpoint -> new LocalHost(), Duration.ofSeconds(1));
    private final List<RemoteShell> shells = IntStream.range(0, HOSTS)
            .mapToObj(number ->
                    new RemoteShell(HostAddress.parse("app" + number), connections, "/srv", Duration.ofSeconds(1)))
            .toList();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void onEach_ofManyHosts_worksOnSoManyAtATime_withNoThreadForTheOthers() {
        Fleet fleet = new Fleet(shells, PARALLEL);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<String> labels = fleet.onEach(Contexts.ofPush(executor), shell -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    now.decrementAndGet();
                    return shell.label();
                })
                .values();

        assertThat(labels).isEqualTo(shells.stream().map(RemoteShell::label).toList());
        assertThat(most.get()).isBetween(1, PARALLEL);
        assertThat(executor.getLargestPoolSize()).isLessThanOrEqualTo(PARALLEL);
    }

    @Test
    void onEach_whereItFailsOnSome_tellsOfEveryHost() {
        Outcomes<Integer> outcomes = new Fleet(shells, PARALLEL).onEach(Contexts.ofPush(executor), shell -> {
            int number = shells.indexOf(shell);
            if (number % 100 == 0) {
                throw new IllegalStateException("not " + number);
            }
            return number;
        });

        assertThat(outcomes.all()).hasSize(HOSTS);
        assertThat(outcomes.failed())
                .extracting(HostOutcome::label)
                .containsExactly("app0", "app100", "app200", "app300", "app400");
    }
}
