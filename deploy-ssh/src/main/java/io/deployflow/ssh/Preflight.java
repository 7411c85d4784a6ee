package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.NotRestoredException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reaches every host, or as many as must be there, takes the lock everywhere, makes sure that a deploy can work there,
 * and puts right what a deploy that was killed has left.
 */
record Preflight(SshTarget target) {

    /**
     * What a deploy starts from.
     *
     * @param lock is held
     * @param survey what is on the hosts
     * @param left what an earlier deploy left that could not be taken back
     */
    record Start(FleetLock lock, FleetSurvey survey, Optional<NotRestoredException> left) implements TargetLock {
        @Override
        public Optional<NotRestoredException> notRestored() {
            return left;
        }

        @Override
        public void close() {
            lock.close();
        }
    }

    /** Does it all; see {@link io.deployflow.spi.RolloutStrategy#preflight}. */
    Start run(DeployContext context) {
        new Reach(target).run("the next deploy catches it up", context);
        FleetLock lock = FleetLock.take(target, context);
        try {
            FleetSurvey survey = FleetSurvey.known(target, context);
            check(survey);
            Optional<NotRestoredException> left = new Recovery(target).run(survey, context);
            lookAgain(survey, context);
            return new Start(lock, FleetSurvey.known(target, context), left);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Where something was taken back, what is there is not what it was. */
    private void lookAgain(FleetSurvey survey, DeployContext context) {
        List<RemoteShell> cutShort = List.copyOf(Recovery.decide(survey).keySet());
        Map<RemoteShell, HostState> now = new HashMap<>();
        target.fleet().on(cutShort, context, shell -> target.survey(shell, context.cancellation())).all().stream()
                .filter(outcome -> outcome.value().isPresent())
                .forEach(outcome -> now.put(outcome.shell(), outcome.value().get()));
        target.fleet().remember(survey.with(now));
    }

    private static void check(FleetSurvey survey) {
        List<String> problems = survey.states().entrySet().stream()
                .flatMap(host ->
                        problems(host.getValue()).map(problem -> host.getKey().label() + ": " + problem))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    String.join("\n", problems), "Mend this on the hosts; nothing was changed there.");
        }
    }

    /** What keeps a deploy from working on a host. */
    static Stream<String> problems(HostState state) {
        Stream<String> link = state.currentIsNoLink()
                ? Stream.of("'current' is not a link: move it away, or deploy to another directory")
                : Stream.empty();
        return Stream.concat(link, state.missing().stream().map(what -> what + " is missing"));
    }
}
