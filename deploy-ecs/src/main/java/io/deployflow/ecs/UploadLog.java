package io.deployflow.ecs;

import io.deployflow.ecs.internal.layers.ImageUpload;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells how much of each layer is sent, and at the end how much that was. */
final class UploadLog implements ImageUpload.Watcher {
    private static final String WORK = "push";
    /** More often than this nobody can read it, and what is sent waits for it. */
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final DeployContext context;
    private final LongSupplier nanos;
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private int there;

    UploadLog(DeployContext context) {
        this(context, System::nanoTime);
    }

    /** With a clock of one's own, as {@link System#nanoTime}. */
    UploadLog(DeployContext context, LongSupplier nanos) {
        this.context = context;
        this.nanos = nanos;
    }

    @Override
    public synchronized void sent(String name, long bytes, long total) {
        long now = nanos.getAsLong();
        if (bytes == total || now - told.computeIfAbsent(name, begun -> now) >= PAUSE_NANOS) {
            told.put(name, now);
            context.progressBytes(name, WORK, bytes, total);
        }
        sizes.put(name, total);
    }

    @Override
    public synchronized void there(String name) {
        there++;
        context.progress(name, WORK, 1, 1);
    }

    /** Sums it up. */
    synchronized void end() {
        long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        context.output(
                "registry",
                "sent " + bytes + " bytes in " + sizes.size() + " blobs; asked for " + there + " that were there");
    }
}
