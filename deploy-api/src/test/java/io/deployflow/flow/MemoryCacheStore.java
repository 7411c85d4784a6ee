package io.deployflow.flow;

import io.deployflow.CancellationToken;
import io.deployflow.spi.CacheStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shares caches between the projects of a test; a location that begins with {@code broken} cannot be reached. */
public final class MemoryCacheStore implements CacheStore {
    /** A cache and its content, each byte a character. */
    record Kept(Saved saved, String content) {}

    private static final Map<String, List<Kept>> PLACES = new ConcurrentHashMap<>();

    static List<Kept> at(String location) {
        if (location.startsWith("broken")) {
            throw new FlowException("broken.test cannot be reached", "Mend it.");
        }
        return PLACES.computeIfAbsent(location, name -> new CopyOnWriteArrayList<>());
    }

    /** Changes what was saved last. */
    static void damage(String location) {
        Kept last = at(location).remove(at(location).size() - 1);
        at(location).add(new Kept(last.saved(), "damaged"));
    }

    @Override
    public Optional<Saved> find(String location, String key, CancellationToken cancellation) {
        return at(location).stream()
                .map(Kept::saved)
                .filter(saved -> saved.key().startsWith(key))
                .max(Comparator.comparing((Saved saved) -> saved.key().equals(key))
                        .thenComparing(Saved::at));
    }

    @Override
    public void fetch(String location, Saved saved, Path file, CancellationToken cancellation) {
        Kept kept = at(location).stream()
                .filter(one -> one.saved().equals(saved))
                .findFirst()
                .orElseThrow();
        try {
            Files.writeString(file, kept.content(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String location, Saved saved, Path file, CancellationToken cancellation) {
        try {
            at(location).add(new Kept(saved, Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
