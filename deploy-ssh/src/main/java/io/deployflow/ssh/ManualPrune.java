package io.deployflow.ssh;

import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Removes old releases from every host, as the cleanup of a deploy does. */
record ManualPrune(SshTarget target) {

    /** See {@link io.deployflow.spi.TargetOperations#prune}. */
    OperationResult run(DeployContext context) {
        new Reach(target).run("keeps its old releases", context);
        try (FleetLock lock = FleetLock.take(target, context)) {
            Objects.requireNonNull(lock);
            FleetSurvey survey = FleetSurvey.known(target, context);
            Optional<String> goBackTo = survey.live().flatMap(live -> Pruning.goBackTo(survey, live.id()));
            return OperationResults.of(target.fleet()
                    .onEach(
                            context,
                            shell -> prune(
                                    shell,
                                    Pruning.excess(
                                            Objects.requireNonNull(
                                                    survey.states().get(shell)),
                                            goBackTo,
                                            target.keepReleases()),
                                    context)));
        }
    }

    private OperationResults.Done prune(RemoteShell shell, List<String> excess, DeployContext context) {
        if (excess.isEmpty()) {
            return new OperationResults.Done("unchanged", "no release too many");
        }
        shell.run(target.commands().prune(excess), context.cancellation()).orFail("removing old releases");
        return new OperationResults.Done("pruned", "removed " + String.join(", ", excess));
    }
}
