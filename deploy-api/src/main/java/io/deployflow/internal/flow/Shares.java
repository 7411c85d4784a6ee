package io.deployflow.internal.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Shares files out so that all shares take about as long: the longest first, each to whoever has least. */
final class Shares {
    private static final long UNKNOWN_MILLIS = 1000;

    private Shares() {}

    /**
     * Shares that are even by time; a file that is not known counts as the average of those that are.
     *
     * @param known how long files took
     * @return as many lists as wanted, each in the order of names; the same for the same input
     */
    static List<List<String>> byTime(List<String> files, Map<String, Duration> known, int over) {
        long average = (long) files.stream()
                .filter(known::containsKey)
                .mapToLong(file -> millis(file, known, 0))
                .average()
                .orElse(UNKNOWN_MILLIS);
        List<String> longestFirst = files.stream()
                .sorted(Comparator.comparingLong((String file) -> -millis(file, known, average))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<List<String>> shares = empty(over);
        long[] loads = new long[over];
        for (String file : longestFirst) {
            int least = IntStream.range(0, over)
                    .boxed()
                    .min(Comparator.comparingLong(share -> loads[share]))
                    .orElse(0);
            shares.get(least).add(file);
            loads[least] += millis(file, known, average);
        }
        shares.forEach(share -> share.sort(Comparator.naturalOrder()));
        return shares;
    }

    /** Shares that are even by number. */
    static List<List<String>> byName(List<String> files, int over) {
        List<List<String>> shares = empty(over);
        for (int i = 0; i < files.size(); i++) {
            shares.get(i % over).add(files.get(i));
        }
        return shares;
    }

    private static List<List<String>> empty(int over) {
        List<List<String>> shares = new ArrayList<>();
        for (int i = 0; i < over; i++) {
            shares.add(new ArrayList<>());
        }
        return shares;
    }

    private static long millis(String file, Map<String, Duration> known, long otherwise) {
        Duration time = known.get(file);
        return time == null ? otherwise : time.toMillis();
    }
}
