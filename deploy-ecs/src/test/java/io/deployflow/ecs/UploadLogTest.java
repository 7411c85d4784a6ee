package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.event.DeployEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class UploadLogTest {
    private final List<String> told = new ArrayList<>();
    private long nanos;
    private final UploadLog log = new UploadLog(
            Contexts.of(Path.of("nowhere"), Path.of("nowhere"), "a".repeat(40), this::tell, ForkJoinPool.commonPool()),
            () -> nanos);

    private void tell(DeployEvent event) {
        if (event instanceof DeployEvent.Progress progress) {
            told.add(progress.unit() + " " + progress.done() + "/" + progress.total());
        }
    }

    @Test
    void sent_whatIsThereAtOnce_isToldAtItsEndAlone() {
        log.sent("gems", 100, 300);
        pass(150);
        log.sent("gems", 200, 300);
        log.sent("gems", 300, 300);

        assertThat(told).containsExactly("gems 300/300");
    }

    @Test
    void sent_whatTakesLong_isToldEachTimeAMomentHasPassed() {
        log.sent("gems", 100, 900);
        log.sent("code", 10, 90);
        pass(200);
        log.sent("gems", 200, 900);
        pass(100);
        log.sent("gems", 300, 900);
        log.sent("code", 20, 90);
        pass(100);
        log.sent("gems", 400, 900);

        assertThat(told).containsExactly("gems 200/900", "code 20/90", "gems 400/900");
    }

    private void pass(int millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }
}
