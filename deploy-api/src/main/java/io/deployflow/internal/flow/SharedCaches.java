package io.deployflow.internal.flow;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.flow.CacheSettings;
import io.deployflow.spi.CacheStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The caches that machines share, beside the directory that each has of its own: what is restored comes into the
 * directory first, and what is saved goes on from it. A cache only saves time: where the place cannot be reached, that
 * is said, and the step goes on with the directory alone.
 *
 * @param store keeps them
 * @param location where
 */
record SharedCaches(CacheStore store, String location) {

    /** Those of a flow, if it shares any. */
    static Optional<SharedCaches> of(StepSession step) {
        return step.job()
                .run()
                .settings()
                .cache()
                .flatMap(CacheSettings::registry)
                .map(location -> new SharedCaches(found(), location));
    }

    private static CacheStore found() {
        return ServiceLoader.load(CacheStore.class)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "caches are to be shared in a registry, and nothing on the class path can do that",
                        "Add the jar of deploy-ecs, or leave out cache.registry."));
    }

    /** Brings what fits a key into the directory, unless what is there fits as well. */
    void bring(String key, CacheDirectory caches, StepSession step) throws IOException {
        Optional<CacheDirectory.Entry> here = caches.find(key);
        if (here.filter(entry -> entry.key().equals(key)).isPresent()) {
            return;
        }
        try {
            Optional<CacheStore.Saved> there = store.find(location, key, step.cancellation());
            if (there.filter(saved -> isBetter(saved, key, here)).isPresent()) {
                bring(there.get(), caches, step);
            }
        } catch (DeployException e) {
            goOnWithout("cannot be read", e, step);
        }
    }

    private static boolean isBetter(CacheStore.Saved there, String key, Optional<CacheDirectory.Entry> here) {
        return here.filter(entry -> entry.key().equals(there.key())
                        || (!there.key().equals(key) && !entry.saved().isBefore(there.at())))
                .isEmpty();
    }

    private void bring(CacheStore.Saved saved, CacheDirectory caches, StepSession step) throws IOException {
        if (saved.bytes() > caches.limit()) {
            step.say("not fetched: " + saved.key() + " is larger than all caches may be, " + saved.bytes() + " bytes");
            return;
        }
        Path file = Files.createTempFile(Caches.work(step), "fetched-", "");
        store.fetch(location, saved, file, step.cancellation());
        if (!Checksums.of(file).equals(saved.digest())) {
            step.say("not fetched: " + saved.key() + " of " + location + " is damaged");
            return;
        }
        caches.add(saved.key(), file, saved.at());
        step.say("fetched " + saved.key() + " from " + location + ", " + saved.bytes() + " bytes");
    }

    /** Saves what the directory has under a key, unless it is there already. */
    void share(String key, CacheDirectory caches, StepSession step) throws IOException {
        Optional<CacheDirectory.Entry> here =
                caches.find(key).filter(entry -> entry.key().equals(key));
        if (here.isEmpty()) {
            return;
        }
        try {
            if (store.find(location, key, step.cancellation())
                    .filter(saved -> saved.key().equals(key))
                    .isEmpty()) {
                CacheDirectory.Entry entry = here.get();
                store.save(
                        location,
                        new CacheStore.Saved(key, entry.digest(), entry.bytes(), entry.saved()),
                        entry.archive(),
                        step.cancellation());
                step.say("shared it in " + location);
            }
        } catch (DeployException e) {
            goOnWithout("cannot be written", e, step);
        }
    }

    private void goOnWithout(String problem, DeployException e, StepSession step) {
        step.cancellation().throwIfCancelled();
        step.say("warning: the caches in " + location + " " + problem + ": " + e.getMessage());
    }
}
