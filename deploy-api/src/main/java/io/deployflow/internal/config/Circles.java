package io.deployflow.internal.config;

import io.deployflow.internal.config.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds jobs that wait for themselves.
 *
 * @param requires each job, and where it names those that it waits for
 */
record Circles(Map<String, List<ScalarNode>> requires) {

    /**
     * One circle.
     *
     * @param names the jobs, each waiting for the next; the first is also the last
     * @param closing the name that closes it
     */
    record Circle(List<String> names, ScalarNode closing) {}

    Optional<Circle> find() {
        Set<String> sound = new HashSet<>();
        return requires.keySet().stream()
                .flatMap(job -> from(job, new ArrayList<>(), sound).stream())
                .findFirst();
    }

    private Optional<Circle> from(String job, List<String> path, Set<String> sound) {
        path.add(job);
        for (ScalarNode next : requires.getOrDefault(job, List.of())) {
            int seen = path.indexOf(next.text());
            if (seen >= 0) {
                List<String> names = new ArrayList<>(path.subList(seen, path.size()));
                names.add(next.text());
                return Optional.of(new Circle(names, next));
            }
            Optional<Circle> deeper = sound.contains(next.text()) ? Optional.empty() : from(next.text(), path, sound);
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        path.remove(path.size() - 1);
        sound.add(job);
        return Optional.empty();
    }
}
