package io.deployflow.ecs;

import java.util.List;
import java.util.stream.IntStream;

/** Divides what is asked for into as much as one call may ask for. */
final class Chunks {
    private Chunks() {}

    /** The list in pieces of a size, the last one shorter. */
    static <T> List<List<T>> of(List<T> whole, int size) {
        return IntStream.range(0, (whole.size() + size - 1) / size)
                .mapToObj(index -> whole.subList(index * size, Math.min((index + 1) * size, whole.size())))
                .toList();
    }
}
