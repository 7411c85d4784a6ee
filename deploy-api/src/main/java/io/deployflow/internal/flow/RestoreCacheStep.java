package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.flow.RestoreCacheSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Puts a cache back, if there is one; one that is damaged is removed, and the next one tried. */
record RestoreCacheStep(RestoreCacheSettings settings) implements StepAction {

    @Override
    public void run(StepSession step) {
        try {
            for (String key : settings.keys()) {
                if (restored(step.job().templates().fill(key), step)) {
                    return;
                }
            }
            step.say("no cache is there");
        } catch (IOException e) {
            throw new FlowException("the cache cannot be restored: " + e.getMessage(), "", null, e);
        }
    }

    private static boolean restored(String key, StepSession step) throws IOException {
        CacheDirectory caches = Caches.of(step);
        Optional<SharedCaches> shared = SharedCaches.of(step);
        if (shared.isPresent()) {
            shared.get().bring(key, caches, step);
        }
        for (Optional<CacheDirectory.Entry> found = caches.find(key); found.isPresent(); found = caches.find(key)) {
            if (restored(found.get(), caches, step)) {
                return true;
            }
        }
        return false;
    }

    /** Several runs use the directory: what was found may be gone before it is read, and is a miss then. */
    private static boolean restored(CacheDirectory.Entry entry, CacheDirectory caches, StepSession step)
            throws IOException {
        try {
            if (Checksums.of(entry.archive()).equals(entry.digest())) {
                caches.touch(entry);
                step.say("restored " + Caches.archive(step).unpack(entry.archive()) + " from " + entry.key());
                return true;
            }
            step.say("the cache " + entry.key() + " is damaged: removed");
            caches.remove(entry);
        } catch (IOException e) {
            if (Files.exists(entry.archive())) {
                throw e;
            }
            step.say("the cache " + entry.key() + " is gone: another run has just removed it");
        }
        return false;
    }
}
