package io.deployflow.internal.flow;

import io.deployflow.flow.JobSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which job waits for which; the reader of the file has made sure that none waits for itself.
 *
 * @param jobs in the file's order
 */
record JobGraph(Map<String, JobSettings> jobs) {

    /** The jobs by rounds, in the file's order within each: 1 for those that wait for none. */
    Map<String, Integer> rounds() {
        Map<String, Integer> known = new LinkedHashMap<>();
        jobs.keySet().forEach(name -> round(name, known));
        List<Map.Entry<String, Integer>> sorted = new ArrayList<>();
        jobs.keySet().forEach(name -> sorted.add(Map.entry(name, known.getOrDefault(name, 1))));
        sorted.sort(Map.Entry.comparingByValue());
        Map<String, Integer> rounds = new LinkedHashMap<>();
        sorted.forEach(entry -> rounds.put(entry.getKey(), entry.getValue()));
        return rounds;
    }

    /** Some jobs, and all that they wait for. */
    Set<String> closure(List<String> wanted) {
        Set<String> all = new LinkedHashSet<>();
        wanted.forEach(name -> add(name, all));
        return all;
    }

    private void add(String name, Set<String> all) {
        if (all.add(name)) {
            requires(name).forEach(next -> add(next, all));
        }
    }

    private int round(String name, Map<String, Integer> known) {
        if (!known.containsKey(name)) {
            int last = 0;
            for (String required : requires(name)) {
                last = Math.max(last, round(required, known));
            }
            known.put(name, last + 1);
        }
        return known.getOrDefault(name, 1);
    }

    private List<String> requires(String name) {
        JobSettings job = jobs.get(name);
        return job == null ? List.of() : job.requires();
    }
}
