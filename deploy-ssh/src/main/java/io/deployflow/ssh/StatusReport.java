package io.deployflow.ssh;

import io.deployflow.Release.State;
import io.deployflow.Status;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what every host serves, and what a person should know. Changes nothing. */
record StatusReport(SshTarget target) {

    private static final int SHORT = 10;

    /**
     * Asks every host.
     *
     * @throws io.deployflow.DeployException if none answers, or one refuses to
     */
    Status make(DeployContext context) {
        Outcomes<HostState> asked =
                target.fleet().onEach(context, shell -> target.survey(shell, context.cancellation()));
        if (asked.values().isEmpty() || !asked.failed().stream().allMatch(StatusReport::isAway)) {
            asked.orThrowItsKind(TargetUnreachableException::new);
        }
        Map<RemoteShell, HostState> states = new LinkedHashMap<>();
        asked.all().forEach(host -> host.value().ifPresent(state -> states.put(host.shell(), state)));
        FleetSurvey survey = new FleetSurvey(states);
        List<Status.Unit> units = new ArrayList<>(target.fleet()
                .on(List.copyOf(states.keySet()), context, shell -> unit(shell, survey, context))
                .orThrow(TargetUnreachableException::new));
        asked.failed().forEach(host -> units.add(away(host)));
        boolean whole = asked.failed().isEmpty() && isWhole(survey);
        return new Status(context.target(), survey.live().map(live -> live), units, notices(survey), whole);
    }

    private static boolean isAway(HostOutcome<?> outcome) {
        RuntimeException failure = outcome.failure().orElseThrow();
        return HostDown.isWhy(failure) || (failure instanceof HostFailure known && !known.outcomeKnown());
    }

    private static Status.Unit away(HostOutcome<?> outcome) {
        String why = String.valueOf(outcome.failure().orElseThrow().getMessage());
        return new Status.Unit(outcome.label(), "unknown", false, why);
    }

    /** Whether every host serves the same, and none of them in the middle of a switch. */
    static boolean isWhole(FleetSurvey survey) {
        boolean same = survey.states().values().stream()
                        .map(HostState::live)
                        .distinct()
                        .count()
                <= 1;
        return same
                && survey.states().values().stream()
                        .allMatch(state -> state.journal().isEmpty());
    }

    private Status.Unit unit(RemoteShell shell, FleetSurvey survey, DeployContext context) {
        HostState state = Objects.requireNonNull(survey.states().get(shell));
        Optional<SshRelease> live = state.live().flatMap(state::release);
        if (live.isEmpty()) {
            return new Status.Unit(shell.label(), "none", false, nothing(state));
        }
        SshRelease release = live.get();
        Optional<String> problem =
                target.health().ask(shell, release, state.current().orElseThrow(), context.cancellation());
        String what = "revision %s, pushed by %s".formatted(shortened(release.revision()), release.createdBy());
        return new Status.Unit(
                shell.label(),
                release.id(),
                problem.isEmpty(),
                problem.map(text -> what + "; " + text).orElse(what));
    }

    /** Why a host serves no release. */
    static String nothing(HostState state) {
        return state.current()
                .map(text -> "current links to " + text + ", which is no release")
                .orElse(
                        state.currentIsNoLink()
                                ? "'current' is not a link, so what it holds is no release"
                                : "nothing is live");
    }

    private static String shortened(String revision) {
        return revision.substring(0, Math.min(SHORT, revision.length()));
    }

    /** What a person should know. */
    static List<String> notices(FleetSurvey survey) {
        List<String> notices = new ArrayList<>();
        long different = survey.states().values().stream()
                .map(HostState::live)
                .distinct()
                .count();
        if (different > 1) {
            notices.add("the hosts serve different releases");
        }
        notices.addAll(held(survey));
        survey.states().forEach((shell, state) -> {
            state.journal()
                    .ifPresent(journal -> notices.add("%s: a switch from %s to %s was not confirmed%s"
                            .formatted(
                                    shell.label(),
                                    journal.previous().orElse("nothing"),
                                    journal.release(),
                                    state.lock().isPresent()
                                            ? " yet"
                                            : "; the next deploy or rollback takes it back")));
            state.leftovers()
                    .forEach(name ->
                            notices.add("%s: releases/%s is left of a push that did not end; the next deploy removes it"
                                    .formatted(shell.label(), name)));
        });
        survey.history().stream()
                .filter(release -> release.state() == State.FAILED)
                .forEach(release -> notices.add("release " + release.id() + " failed and was taken back"));
        leftOver(survey)
                .ifPresent(release -> notices.add(
                        "release %s (revision %s), pushed by %s at %s, is left of a deploy that did not get through; it is not live"
                                .formatted(
                                        release.id(), release.revision(), release.createdBy(), release.createdAt())));
        return notices;
    }

    /** What keeps a target from being deployed, or from being seen: each once, though mostly it is on every host. */
    private static List<String> held(FleetSurvey survey) {
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        survey.states()
                .forEach((shell, state) -> held(state)
                        .forEach(text -> hosts.computeIfAbsent(text, key -> new ArrayList<>())
                                .add(shell.label())));
        int all = survey.states().size();
        return hosts.entrySet().stream()
                .map(entry -> entry.getValue().size() == all
                        ? entry.getKey()
                        : String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .toList();
    }

    private static Stream<String> held(HostState state) {
        Stream<String> lock =
                state.lock().map(by -> (by.byHand() ? "locked by hand by " : "locked by ") + by.owner()).stream();
        Stream<String> page = state
                .maintenance()
                .map(note -> "the maintenance page is up" + (note.isEmpty() ? "" : ", by " + note))
                .stream();
        return Stream.concat(lock, page);
    }

    /** The newest release where nobody deploys it any more: what a tool leaves that was killed after its push. */
    private static Optional<SshRelease> leftOver(FleetSurvey survey) {
        boolean underWay = survey.states().values().stream()
                .anyMatch(state -> state.lock().isPresent() || state.journal().isPresent());
        return survey.history().stream()
                .limit(1)
                .filter(release -> !underWay)
                .filter(release -> release.state() == State.STAGED || release.state() == State.BROKEN)
                .findFirst();
    }
}
