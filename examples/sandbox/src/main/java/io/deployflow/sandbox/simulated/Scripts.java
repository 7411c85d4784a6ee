package io.deployflow.sandbox.simulated;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the containers of each image do. Thread-safe. */
public final class Scripts {

    private final Map<String, Supplier<Script>> scripts = new LinkedHashMap<>();
    private Supplier<Script> next = () -> Script.GOOD;

    /** Every image does {@link Script#GOOD}. */
    public Scripts() {}

    /**
     * Says what the containers of an image do that start from now on.
     *
     * @param image a whole reference, or the part from its digest, {@code sha256:...}; the registry's tags were
     *     resolved to digests before
     * @param script is asked for what each container does that starts
     */
    public synchronized void put(String image, Supplier<Script> script) {
        scripts.put(image, script);
    }

    /**
     * Says what images do that are pushed over the network from now on.
     *
     * @param script is asked for what each container does that starts
     */
    public synchronized void next(Supplier<Script> script) {
        next = script;
    }

    /**
     * Takes note of an image that was pushed over the network; one that was pushed before keeps its script.
     *
     * @param digest its digest
     */
    public synchronized void pushed(String digest) {
        scripts.putIfAbsent(digest, next);
    }

    /** What an image does: by its whole reference, by its digest, or what every image does. */
    synchronized Script of(String image) {
        String digest = image.substring(image.indexOf('@') + 1);
        return scripts.getOrDefault(image, scripts.getOrDefault(digest, () -> Script.GOOD))
                .get();
    }
}
