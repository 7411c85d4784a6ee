package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.flow.SaveCacheSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Saves files under a key; what is there already is not replaced. */
record SaveCacheStep(SaveCacheSettings settings) implements StepAction {

    @Override
    public void run(StepSession step) {
        String key = step.job().templates().fill(settings.key());
        List<String> present = settings.paths().stream()
                .filter(path -> Files.exists(step.files().file(path)))
                .toList();
        CacheDirectory caches = Caches.of(step);
        if (caches.has(key)) {
            step.say("a cache " + key + " is there already");
        } else if (present.isEmpty()) {
            step.say("none of " + settings.paths() + " is there: nothing is saved");
        } else {
            save(key, present, caches, step);
        }
        SharedCaches.of(step).ifPresent(shared -> share(shared, key, caches, step));
    }

    private static void share(SharedCaches shared, String key, CacheDirectory caches, StepSession step) {
        try {
            shared.share(key, caches, step);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static FlowException failure(IOException e) {
        return new FlowException("the cache cannot be saved: " + e.getMessage(), "", null, e);
    }

    private static void save(String key, List<String> paths, CacheDirectory caches, StepSession step) {
        try {
            Path archive = Caches.archive(step).pack(paths);
            long bytes = Files.size(archive);
            if (bytes > caches.limit()) {
                step.say("not saved: " + bytes + " bytes are more than all caches may take");
                return;
            }
            caches.add(key, archive, step.job().run().clock().instant());
            step.say("saved " + paths + " as " + key + ", " + bytes + " bytes");
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
