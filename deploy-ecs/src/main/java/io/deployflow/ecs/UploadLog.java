package io.deployflow.ecs;

import io.deployflow.ecs.internal.layers.ImageUpload;
import io.deployflow.spi.DeployContext;
import java.util.HashMap;
import java.util.Map;

/** Tells how much of each layer is sent, and at the end how much that was. */
final class UploadLog implements ImageUpload.Watcher {
    private static final String WORK = "push";
    /** More often than this nobody can read it. */
    private static final long STEP = 1 << 18;

    private final DeployContext context;
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private int there;

    UploadLog(DeployContext context) {
        this.context = context;
    }

    @Override
    public synchronized void sent(String name, long bytes, long total) {
        Long before = told.get(name);
        if (before == null || bytes == total || Math.abs(bytes - before) >= STEP) {
            told.put(name, bytes);
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
