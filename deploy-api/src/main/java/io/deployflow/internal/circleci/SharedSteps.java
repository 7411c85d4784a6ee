package io.deployflow.internal.circleci;

import io.deployflow.internal.circleci.CircleSteps.Step;
import io.deployflow.internal.config.yaml.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds steps that jobs share, which anchors did in the other file: at least two in the same order. */
final class SharedSteps {
    private static final int LEAST = 2;

    private SharedSteps() {}

    /** The longest row of steps that two jobs have, by where they come from; empty if there is none. */
    static Optional<List<Location>> longest(Map<String, List<Step>> jobs) {
        List<List<Location>> all = jobs.values().stream()
                .map(steps -> steps.stream().map(Step::origin).toList())
                .toList();
        List<Location> longest = List.of();
        for (int one = 0; one < all.size(); one++) {
            for (int other = one + 1; other < all.size(); other++) {
                List<Location> common = common(all.get(one), all.get(other));
                longest = common.size() > longest.size() ? common : longest;
            }
        }
        return longest.size() < LEAST ? Optional.empty() : Optional.of(longest);
    }

    private static List<Location> common(List<Location> one, List<Location> other) {
        List<Location> longest = List.of();
        for (int from = 0; from < one.size(); from++) {
            for (int to = one.size(); to - from > longest.size(); to--) {
                List<Location> part = one.subList(from, to);
                if (Collections.indexOfSubList(other, part) >= 0) {
                    longest = part;
                }
            }
        }
        return longest;
    }

    /** Puts one step in the place of a row, in every job that has it. */
    static Map<String, List<Step>> replaced(Map<String, List<Step>> jobs, List<Location> row, Step by) {
        Map<String, List<Step>> replaced = new LinkedHashMap<>();
        jobs.forEach((name, steps) -> {
            List<Location> origins = steps.stream().map(Step::origin).toList();
            int start = Collections.indexOfSubList(origins, row);
            List<Step> shorter = new ArrayList<>(steps);
            if (start >= 0) {
                shorter.subList(start, start + row.size()).clear();
                shorter.add(start, by);
            }
            replaced.put(name, shorter);
        });
        return replaced;
    }
}
