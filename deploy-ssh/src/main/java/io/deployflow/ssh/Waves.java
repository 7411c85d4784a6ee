package io.deployflow.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The order in which hosts are switched: each wave only when the one before serves. */
final class Waves {
    private Waves() {}

    /**
     * The waves: the gatekeeper alone, then the other hosts in their order, so many at a time.
     *
     * @param size how many at a time, counted from all hosts; without it, all the others at once
     */
    static <H> List<List<H>> of(List<H> hosts, Optional<H> gatekeeper, Optional<BatchSize> size) {
        List<List<H>> waves = new ArrayList<>();
        gatekeeper.map(List::of).ifPresent(waves::add);
        List<H> others = hosts.stream()
                .filter(host -> !gatekeeper.equals(Optional.of(host)))
                .toList();
        int atATime = size.map(batch -> batch.of(hosts.size())).orElse(hosts.size());
        for (int start = 0; start < others.size(); start += atATime) {
            waves.add(others.subList(start, Math.min(others.size(), start + atATime)));
        }
        return List.copyOf(waves);
    }
}
