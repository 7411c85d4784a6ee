package io.deployflow.ssh;

import io.deployflow.Release.State;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which releases of a host are removed: never what is live, nor what it would be rolled back to. */
final class Pruning {
    private Pruning() {}

    /**
     * The ids to remove, in the order in which to remove them: first what never served, then the oldest.
     *
     * @param keep how many releases stay
     */
    static List<String> excess(HostState state, int keep) {
        Set<String> kept = protectedIds(state);
        List<String> candidates = state.releases().stream()
                .filter(release -> !kept.contains(release.id()))
                .sorted(Comparator.comparing((SshRelease release) -> release.state() != State.STAGED)
                        .thenComparing(SshRelease::id))
                .map(SshRelease::id)
                .toList();
        int excess = Math.max(0, state.releases().size() - keep);
        return candidates.subList(0, Math.min(excess, candidates.size()));
    }

    private static Set<String> protectedIds(HostState state) {
        Set<String> ids = new HashSet<>();
        state.live().ifPresent(ids::add);
        state.journal()
                .flatMap(HostState.Journal::previous)
                .ifPresent(link -> ids.add(link.substring(link.lastIndexOf('/') + 1)));
        state.releases().stream()
                .filter(release -> release.state() == State.GOOD)
                .map(SshRelease::id)
                .filter(id -> !state.live().equals(Optional.of(id)))
                .max(Comparator.naturalOrder())
                .ifPresent(ids::add);
        state.releases().stream()
                .filter(release -> release.state() == State.GOOD)
                .map(SshRelease::id)
                .filter(id ->
                        state.live().filter(live -> id.compareTo(live) < 0).isPresent())
                .max(Comparator.naturalOrder())
                .ifPresent(ids::add);
        return ids;
    }
}
