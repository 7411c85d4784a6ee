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
    public synchronized void accept(String host, String method) {
        BiConsumer<String, String> known = listener;
        if (known == null) {
            before.add(new Asked(host, method));
        } else {
            known.accept(host, method);
        }
    }

    /** Tells what was asked until now, and from now on as it is asked. */
    synchronized void tell(BiConsumer<String, String> who) {
        before.forEach(one -> who.accept(one.host(), one.method()));
        before.clear();
        listener = who;
    }
}
