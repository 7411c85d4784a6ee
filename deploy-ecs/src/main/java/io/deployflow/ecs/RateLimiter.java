package io.deployflow.ecs;

import io.deployflow.CancellationToken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Holds the calls to AWS of a whole process to so many a second, retries too: AWS counts them for the account,
 * whichever target they are for. Thread-safe.
 */
final class RateLimiter implements ExecutionInterceptor {
    /** What all targets of this process share: ten a second, with a margin for calls that are late on their way. */
    static final RateLimiter SHARED = new RateLimiter(10, Duration.ofMillis(1150), Pace.REAL);

    private static final CancellationToken NEVER = CancellationToken.create();

    private final int most;
    private final long window;
    private final Pace time;
    private final Deque<Long> sent = new ArrayDeque<>();

    /**
     * Lets through so many in any window of time.
     *
     * @param time what it waits by
     */
    RateLimiter(int most, Duration window, Pace time) {
        this.most = most;
        this.window = window.toNanos();
        this.time = time;
    }

    /** Before each attempt, the first and those after it. */
    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        acquire();
    }

    /** Returns when one more may be sent; whoever comes first goes first. */
    synchronized void acquire() {
        while (sent.size() >= most) {
            long left = sent.element() + window - time.nanos().getAsLong();
            if (left > 0) {
                time.sleep().pause(Duration.ofNanos(left), NEVER);
            } else {
                sent.remove();
            }
        }
        sent.add(time.nanos().getAsLong());
    }
}
