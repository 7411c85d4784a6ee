package io.deployflow.ssh;

import io.deployflow.Release.State;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which releases of a host are removed: never what is live, nor what it would be rolled back to. */
final class Pruning {
    private Pruning() {}

    /**
     * The ids to remove, in the order in which to remove them: first what never served, then what failed but for the
     * last one, then the oldest.
     *
     * @param before what was on the host before this release went live there
     * @param live the release that serves now
     * @param goBackTo what a rollback of the whole fleet goes to
     * @param keep how many releases stay
     */
    static List<String> excess(HostState before, SshRelease live, Optional<String> goBackTo, int keep) {
        List<SshRelease> after = Stream.concat(
                        before.releases().stream()
                                .filter(release -> !release.id().equals(live.id())),
                        Stream.of(live.as(State.GOOD)))
                .toList();
        Set<String> kept = new HashSet<>(goodOnesAround(after, Optional.of(live.id())));
        kept.add(live.id());
        goBackTo.ifPresent(kept::add);
        before.live().ifPresent(kept::add);
        return excess(after, kept, keep);
    }

    /** The same where nothing went live. */
    static List<String> excess(HostState state, Optional<String> goBackTo, int keep) {
        Set<String> kept = new HashSet<>(goodOnesAround(state.releases(), state.live()));
        state.live().ifPresent(kept::add);
        goBackTo.ifPresent(kept::add);
        state.journal()
                .flatMap(HostState.Journal::previous)
                .ifPresent(link -> kept.add(link.substring(link.lastIndexOf('/') + 1)));
        return excess(state.releases(), kept, keep);
    }

    private static List<String> excess(List<SshRelease> releases, Set<String> kept, int keep) {
        Optional<String> evidence = newest(releases.stream().filter(release -> release.state() == State.FAILED));
        List<String> candidates = releases.stream()
                .filter(release -> !kept.contains(release.id()))
                .sorted(Comparator.comparing((SshRelease release) -> rank(release, evidence))
                        .thenComparing(SshRelease::id))
                .map(SshRelease::id)
                .toList();
        int excess = Math.max(0, releases.size() - keep);
        return candidates.subList(0, Math.min(excess, candidates.size()));
    }

    private static int rank(SshRelease release, Optional<String> evidence) {
        if (release.state() == State.STAGED) {
            return 0;
        }
        return release.state() == State.FAILED && !evidence.equals(Optional.of(release.id())) ? 1 : 2;
    }

    /** The newest good release but the live one, and the newest good one before that: where one may want to go. */
    private static List<String> goodOnesAround(List<SshRelease> releases, Optional<String> live) {
        List<SshRelease> good = releases.stream()
                .filter(release -> release.state() == State.GOOD && !live.equals(Optional.of(release.id())))
                .toList();
        return Stream.of(
                        newest(good.stream()),
                        newest(good.stream()
                                .filter(release -> live.filter(
                                                id -> release.id().compareTo(id) < 0)
                                        .isPresent())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> newest(Stream<SshRelease> releases) {
        return releases.map(SshRelease::id).max(Comparator.naturalOrder());
    }

    /** The release that a rollback goes to: the newest before the live one that is good on every host. */
    static Optional<String> goBackTo(FleetSurvey before, String live) {
        return before.history().stream()
                .map(SshRelease::id)
                .filter(id -> id.compareTo(live) < 0)
                .filter(id -> before.states().values().stream()
                        .allMatch(state -> state.release(id)
                                .filter(release -> release.state() == State.GOOD)
                                .isPresent()))
                .findFirst();
    }
}
