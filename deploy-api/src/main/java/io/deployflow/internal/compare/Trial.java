package io.deployflow.internal.compare;

import io.deployflow.CancellationToken;
import io.deployflow.DeployException;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Status;
import io.deployflow.Target;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One target of a comparison: deploys to it, and knows what it serves. */
final class Trial implements AutoCloseable {
    private static final int NOTHING = -1;
    private static final DeployListener NOBODY = event -> {};

    private final Setup setup;
    private final Target target;
    private final SourceCopy copy;
    private final Deployer deployer;
    private final Deployer original;
    private final Optional<Deployer> withoutLastUnit;
    private final Place place;
    private final Relay relay;
    private final ExtraUnit extra;
    private @Nullable Clients clients;
    private int serves = NOTHING;
    private int changes;
    private boolean touched;

    /** Hands events to the recorder of the run that is under way. */
    private static final class Relay implements DeployListener {
        private volatile DeployListener to = NOBODY;

        @Override
        public void onEvent(DeployEvent event) {
            to.onEvent(event);
        }
    }

    private Trial(Setup setup, Target target, SourceCopy copy, Relay relay, Deployer deployer, Place place) {
        this.setup = setup;
        this.target = target;
        this.copy = copy;
        this.relay = relay;
        this.deployer = deployer;
        this.original = setup.deployer(setup.application(), target, List.of());
        this.withoutLastUnit =
                setup.withoutLastUnit(target).map(fewer -> setup.deployer(copy.application(), fewer, List.of()));
        this.place = place;
        this.extra = new ExtraUnit(deployer, place);
    }

    /**
     * Looks at a target.
     *
     * @throws DeployException if that cannot be done
     */
    static Trial open(Setup setup, Target target, SourceCopy copy) {
        Relay relay = new Relay();
        Deployer deployer = setup.deployer(copy.application(), target, List.of(relay));
        try {
            Status status = deployer.status(target.name());
            Place place = new Place(
                    target.name(),
                    target.type(),
                    status.units().size(),
                    status.live().map(Release::id).orElse(""),
                    setup.addresses(target).stream().map(URI::toString).toList(),
                    setup.parallel(target));
            return new Trial(setup, target, copy, relay, deployer, place);
        } catch (RuntimeException e) {
            deployer.close();
            throw e;
        }
    }

    Place place() {
        return place;
    }

    /**
     * Deploys what the copy holds. Where that fails, so does what is measured next, and is shown.
     *
     * @return why it does not serve, if so
     * @throws DeployException if the target could not be put back, or this was cancelled
     */
    Optional<String> deployUnmeasured(String what) {
        return deployUnmeasured(deployer, what);
    }

    private Optional<String> deployUnmeasured(Deployer by, String what) {
        setup.progress().prepares(target.name() + ": " + what);
        Report report = noted(Scenario.CHANGE, () -> by.deploy(target.name(), options()));
        if (report.outcome() == Report.Outcome.NOT_RESTORED) {
            report.orThrow();
        }
        setup.cancellation().throwIfCancelled();
        return report.failure().map(failure -> what + ", unmeasured: " + failure.getMessage());
    }

    /**
     * Brings the target to where a scenario begins.
     *
     * @return why that cannot be, if so: a run from elsewhere would be one of something else
     */
    Optional<String> prepare(Step step) {
        return switch (step.scenario()) {
            case NONE ->
                serves == copy.version() ? Optional.empty() : deployUnmeasured("what is deployed once more next");
            case ROLLBACK -> releaseToGoBackFrom();
            case SCALE ->
                withoutLastUnit.flatMap(fewer -> {
                    copy.edit(Scenario.CHANGE);
                    return deployUnmeasured(fewer, "all units but one, with a new release");
                });
            default -> Optional.empty();
        };
    }

    private Optional<String> releaseToGoBackFrom() {
        Optional<String> failure = Optional.empty();
        while (changes < changesToGoBackFrom() && failure.isEmpty()) {
            copy.edit(Scenario.CHANGE);
            failure = deployUnmeasured("a release to go back from");
        }
        return failure;
    }

    /** Where nothing served before, the first of them is what is gone back to. */
    private int changesToGoBackFrom() {
        return place.served().isEmpty() ? 2 : 1;
    }

    /**
     * Takes a step, and measures it.
     *
     * @throws DeployException if it was cancelled meanwhile: then what was measured is another thing
     */
    Run run(Step step) {
        startClients();
        Instant begun = Instant.now();
        Recorder recorder = new Recorder(System::nanoTime);
        relay.to = recorder;
        try {
            return step.scenario() == Scenario.SCALE && withoutLastUnit.isEmpty()
                    ? scale(step, begun, recorder)
                    : deploy(step, begun, recorder);
        } finally {
            relay.to = NOBODY;
        }
    }

    private Run deploy(Step step, Instant begun, Recorder recorder) {
        Report report;
        try {
            report = noted(
                    step.scenario(),
                    step.scenario() == Scenario.ROLLBACK
                            ? () -> deployer.rollback(target.name(), Optional.empty(), setup.cancellation())
                            : () -> deployer.deploy(target.name(), options()));
        } catch (DeployException e) {
            setup.cancellation().throwIfCancelled();
            return new Measured(step, begun, recorder.end(null), visits()).run(End.FAILED, message(Optional.of(e)));
        }
        Measured measured = new Measured(step, begun, recorder.end(null), visits());
        if (report.outcome() != Report.Outcome.NOT_RESTORED) {
            setup.cancellation().throwIfCancelled();
        }
        return measured.run(End.valueOf(report.outcome().name()), message(report.failure()));
    }

    /** One unit more, and afterwards, unmeasured, one less: a run after which that failed is none to count on. */
    private Run scale(Step step, Instant begun, Recorder recorder) {
        Optional<DeployException> failure = extra.add(setup.cancellation());
        Measured measured = new Measured(step, begun, recorder.end("scale"), visits());
        relay.to = NOBODY;
        Optional<String> left = takeAway();
        setup.cancellation().throwIfCancelled();
        String problem = Stream.of(
                        message(failure),
                        left.map("one unit less again: "::concat).orElse(""))
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.joining("; "));
        return measured.run(problem.isEmpty() ? End.DEPLOYED : End.FAILED, problem);
    }

    /** Whether it may have a unit more than it had: nothing that is measured there counts any more. */
    boolean mayHaveOneMore() {
        return extra.mayBeThere();
    }

    /** Why it cannot be, if so. */
    private Optional<String> takeAway() {
        if (extra.mayBeThere()) {
            setup.progress().prepares(target.name() + ": one unit less again");
        }
        return extra.remove().map(DeployException::getMessage);
    }

    private static String message(Optional<DeployException> failure) {
        return failure.map(problem -> String.valueOf(problem.getMessage())).orElse("");
    }

    /**
     * Makes the target serve what it served before the comparison, or, where that release is gone, the source as it is;
     * and on as many units.
     *
     * @return why it does not, if so
     */
    Optional<String> putBack() {
        List<String> problems = Stream.concat(
                        takeAway().map(why -> target.name() + " may have a unit more than before: " + why).stream(),
                        release().stream())
                .toList();
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private Optional<String> release() {
        if (!touched) {
            return Optional.empty();
        }
        setup.progress().prepares(target.name() + ": what it served before");
        Optional<DeployException> failure = back();
        return failure.map(
                problem -> target.name() + " does not serve again what it served before: " + problem.getMessage());
    }

    private Optional<DeployException> back() {
        try {
            return wentBack()
                    ? Optional.empty()
                    : original.deploy(target.name()).failure();
        } catch (DeployException e) {
            return Optional.of(e);
        }
    }

    /** It does not where that release is gone, or is none that a rollback goes to. */
    private boolean wentBack() {
        boolean isThere = !place.served().isEmpty()
                && deployer.releases(target.name()).stream().map(Release::id).anyMatch(place.served()::equals);
        return isThere
                && deployer.rollback(target.name(), Optional.of(place.served()), CancellationToken.create())
                                .outcome()
                        == Report.Outcome.DEPLOYED;
    }

    /** What serves after it. Where it throws nobody knows. */
    private Report noted(Scenario scenario, Supplier<Report> work) {
        boolean wasTouched = touched;
        touched = true;
        Report report = work.get();
        touched = wasTouched || report.outcome() != Report.Outcome.UNCHANGED;
        if (report.outcome() == Report.Outcome.DEPLOYED) {
            boolean isRollback = scenario == Scenario.ROLLBACK;
            serves = isRollback ? NOTHING : copy.version();
            changes = isRollback ? changesToGoBackFrom() - 1 : changes + 1;
        }
        return report;
    }

    private DeployOptions options() {
        return DeployOptions.defaults().withCancellation(setup.cancellation());
    }

    /** Only once something serves: before the first deploy there may be nothing to ask. */
    private void startClients() {
        boolean isAsked = !setup.addresses(target).isEmpty()
                && (serves != NOTHING || !place.served().isEmpty());
        if (clients == null && isAsked) {
            clients = Clients.start(setup.addresses(target));
        } else if (clients != null) {
            clients.take();
        }
    }

    private Visits visits() {
        return clients == null ? Visits.NONE : clients.take();
    }

    @Override
    public void close() {
        if (clients != null) {
            clients.close();
        }
        deployer.close();
        original.close();
        withoutLastUnit.ifPresent(Deployer::close);
    }
}
