package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counts requests that are sent before there is anybody to count them: tells them all once there is. Thread-safe. */
final class AskedAhead implements BiConsumer<String, String> {
    private final List<Asked> before = new ArrayList<>();
    private @Nullable BiConsumer<String, String> listener;

    private record Asked(String host, String method) {}

    @Override
    public void accept(String host, String method) {
        BiConsumer<String, String> known = listener(host, method);
        if (known != null) {
            known.accept(host, method);
        }
    }

    private synchronized @Nullable BiConsumer<String, String> listener(String host, String method) {
        if (listener == null) {
            before.add(new Asked(host, method));
        }
        return listener;
    }

    /** Tells what was asked until now, and from now on as it is asked. */
    void tell(BiConsumer<String, String> who) {
        until(who).forEach(one -> who.accept(one.host(), one.method()));
    }

    private synchronized List<Asked> until(BiConsumer<String, String> who) {
        listener = who;
        return List.copyOf(before);
    }
}
