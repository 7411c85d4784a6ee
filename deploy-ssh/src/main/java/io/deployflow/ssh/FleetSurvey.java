package io.deployflow.ssh;

import io.deployflow.Release.State;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is on every host.
 *
 * @param states by host
 */
record FleetSurvey(Map<RemoteShell, HostState> states) {

    /**
     * Asks every host.
     *
     * @throws io.deployflow.DeployException if one does not answer
     */
    static FleetSurvey take(SshTarget target, DeployContext context) {
        Outcomes<HostState> outcomes =
                target.fleet().onEach(context, shell -> target.survey(shell, context.cancellation()));
        outcomes.orThrowItsKind(TargetUnreachableException::new);
        Map<RemoteShell, HostState> states = new LinkedHashMap<>();
        outcomes.all()
                .forEach(outcome -> states.put(outcome.shell(), outcome.value().orElseThrow()));
        return new FleetSurvey(states);
    }

    /** What is on one of the hosts. */
    HostState of(RemoteShell shell) {
        return Objects.requireNonNull(states.get(shell), shell.label());
    }

    /** What was there when the lock was taken; asks every host where this deploy holds none. */
    static FleetSurvey known(SshTarget target, DeployContext context) {
        return target.fleet().survey().orElseGet(() -> take(target, context));
    }

    /** The same with what is on some hosts now. */
    FleetSurvey with(Map<RemoteShell, HostState> changed) {
        Map<RemoteShell, HostState> now = new LinkedHashMap<>(states);
        now.putAll(changed);
        return new FleetSurvey(now);
    }

    /** Every id that is taken on any host. */
    List<String> ids() {
        Stream<String> whole = states.values().stream()
                .flatMap(state -> state.releases().stream())
                .map(SshRelease::id);
        return Stream.concat(whole, leftovers()).toList();
    }

    private Stream<String> leftovers() {
        return states.values().stream()
                .flatMap(state -> state.leftovers().stream())
                .map(name -> name.replaceFirst("\\.tmp$", ""))
                .filter(ReleaseId::isOne);
    }

    private static SshRelease broken(String id) {
        return new SshRelease(id, "unknown", ReleaseId.time(id), "unknown", State.BROKEN);
    }

    /** The release that every host serves; empty where they differ or one serves none. */
    Optional<SshRelease> live() {
        List<Optional<String>> ids =
                states.values().stream().map(HostState::live).distinct().toList();
        return ids.size() == 1 ? ids.get(0).flatMap(this::release) : Optional.empty();
    }

    /** What is known of one release. */
    Optional<SshRelease> release(String id) {
        return history().stream().filter(release -> release.id().equals(id)).findFirst();
    }

    /** All releases, newest first, each with its state over all hosts. */
    List<SshRelease> history() {
        Map<String, List<SshRelease>> byId = new TreeMap<>(Comparator.reverseOrder());
        states.values().stream()
                .flatMap(state -> state.releases().stream())
                .forEach(release -> byId.computeIfAbsent(release.id(), id -> new ArrayList<>())
                        .add(release));
        leftovers().filter(id -> !byId.containsKey(id)).forEach(id -> byId.put(id, List.of(broken(id))));
        return byId.values().stream()
                .map(same -> same.get(0).as(state(same.get(0).id(), same)))
                .toList();
    }

    // What a host serves that was left behind is one to go back to, if the others have it too.
    private State state(String id, List<SshRelease> same) {
        List<String> served = states.values().stream()
                .flatMap(host -> host.live().stream())
                .sorted(Comparator.reverseOrder())
                .toList();
        State recorded = recorded(same);
        boolean live = served.contains(id) && (served.get(0).equals(id) || recorded == State.GOOD);
        return live ? State.LIVE : recorded;
    }

    private State recorded(List<SshRelease> same) {
        if (same.stream().anyMatch(release -> release.state() == State.FAILED)) {
            return State.FAILED;
        }
        if (same.size() < states.size() || same.get(0).state() == State.BROKEN) {
            return State.BROKEN;
        }
        return same.stream().allMatch(release -> release.state() == State.GOOD) ? State.GOOD : State.STAGED;
    }
}
