package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** In a time of its own, which passes only when somebody waits. */
class RateLimiterTest {
    private static final int MOST = 10;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final Pace time = new Pace(now::get, (pause, token) -> now.addAndGet(pause.toNanos()));
    private final RateLimiter limiter = new RateLimiter(MOST, SECOND, time);

    @Test
    void acquire_upToTheLimit_waitsForNothing() {
        for (int call = 0; call < MOST; call++) {
            limiter.acquire();
        }

        assertThat(now).hasValue(0);
    }

    @Test
    void acquire_ofOneMore_waitsUntilTheFirstIsASecondAgo() {
        limiter.acquire();
        now.addAndGet(Duration.ofMillis(300).toNanos());
        for (int call = 0; call < MOST; call++) {
            limiter.acquire();
        }

        assertThat(now).hasValue(SECOND.toNanos());
    }

    @Test
    void acquire_atAnyMoments_letsNoWindowHaveMore() {
        Random random = new Random(5);
        List<Long> sent = new ArrayList<>();
        for (int call = 0; call < 500; call++) {
            now.addAndGet(random.nextInt(150) * 1_000_000L);
            limiter.acquire();
            sent.add(now.get());
        }

        assertThat(mostInAWindow(sent)).isEqualTo(MOST);
    }

    @Test
    void acquire_byManyAtOnce_letsNoWindowHaveMore() throws Exception {
        List<Long> sent = Collections.synchronizedList(new ArrayList<>());
        Callable<Boolean> calls = () -> {
            for (int call = 0; call < 20; call++) {
                synchronized (limiter) {
                    limiter.acquire();
                    sent.add(now.get());
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (var ended : threads.invokeAll(Collections.nCopies(8, calls))) {
                ended.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(sent).hasSize(160);
        assertThat(mostInAWindow(sent)).isEqualTo(MOST);
    }

    private static int mostInAWindow(List<Long> sent) {
        return sent.stream()
                .mapToInt(first -> (int) sent.stream()
                        .filter(moment -> moment >= first && moment < first + SECOND.toNanos())
                        .count())
                .max()
                .orElse(0);
    }
}
