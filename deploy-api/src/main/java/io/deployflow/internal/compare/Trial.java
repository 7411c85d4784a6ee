package io.deployflow.internal.compare;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.OperationReport;
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
import org.jspecify.annotations.Nullable;

/** One target of a comparison: deploys to it, and knows what it serves. */
final class Trial implements AutoCloseable {
    private static final int NOTHING = -1;

    private final Setup setup;
    private final Target target;
    private final SourceCopy copy;
    private final Deployer deployer;
    private final Deployer original;
    private final Optional<Deployer> withoutLastUnit;
    private final Place place;
    private final Relay relay;
    private @Nullable Clients clients;
    private int serves = NOTHING;
    private int changes;

    /** Hands events to the recorder of the run that is under way. */
    private static final class Relay implements DeployListener {
        private volatile DeployListener to = event -> {};

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
                    setup.addresses(target).stream().map(URI::toString).toList());
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
     * @throws DeployException if the target could not be put back
     */
    void deployUnmeasured(String what) {
        deployUnmeasured(deployer, what);
    }

    private void deployUnmeasured(Deployer by, String what) {
        setup.progress().prepares(target.name() + ": " + what);
        Report report = by.deploy(target.name(), options());
        note(report);
        if (report.outcome() == Report.Outcome.NOT_RESTORED) {
            report.orThrow();
        }
    }

    /** Brings the target to where a scenario begins. */
    void prepare(Step step) {
        switch (step.scenario()) {
            case NONE -> {
                if (serves != copy.version()) {
                    deployUnmeasured("what is deployed once more next");
                }
            }
            case ROLLBACK -> {
                if (changes == 0) {
                    copy.edit(Scenario.CHANGE);
                    deployUnmeasured("a release to go back from");
                }
            }
            case SCALE ->
                withoutLastUnit.ifPresent(fewer -> {
                    copy.edit(Scenario.CHANGE);
                    deployUnmeasured(fewer, "all units but one, with a new release");
                });
            default -> {}
        }
    }

    /** Takes a step, and measures it. */
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
            relay.to = event -> {};
        }
    }

    private Run deploy(Step step, Instant begun, Recorder recorder) {
        Supplier<Report> work = step.scenario() == Scenario.ROLLBACK
                ? () -> deployer.rollback(target.name(), Optional.empty(), setup.cancellation())
                : () -> deployer.deploy(target.name(), options());
        try {
            Report report = work.get();
            Recorder.Recording recording = recorder.end(null);
            note(report, step.scenario());
            return new Made(step, begun, recording)
                    .run(End.valueOf(report.outcome().name()), message(report.failure()));
        } catch (DeployException e) {
            return failed(step, begun, recorder, e);
        }
    }

    /** One unit more, and afterwards, unmeasured, one less: a run after which that failed is none to count on. */
    private Run scale(Step step, Instant begun, Recorder recorder) {
        try {
            OperationReport more =
                    deployer.scale(target.name(), place.units() + 1, Optional.empty(), setup.cancellation());
            Made made = new Made(step, begun, recorder.end("scale"));
            String problem = more.failure().isPresent()
                    ? message(more.failure())
                    : oneLess().map(why -> "one unit less again: " + why).orElse("");
            return made.run(problem.isEmpty() ? End.DEPLOYED : End.FAILED, problem);
        } catch (ConfigurationException e) {
            throw new CannotScaleException(e.getMessage() + ". " + e.remedy());
        } catch (DeployException e) {
            return failed(step, begun, recorder, e);
        }
    }

    /** Why it cannot be, if so. */
    private Optional<String> oneLess() {
        setup.progress().prepares(target.name() + ": one unit less again");
        try {
            return deployer.scale(target.name(), place.units(), Optional.empty(), setup.cancellation())
                    .failure()
                    .map(DeployException::getMessage);
        } catch (DeployException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Run failed(Step step, Instant begun, Recorder recorder, DeployException failure) {
        return new Made(step, begun, recorder.end(null)).run(End.FAILED, message(Optional.of(failure)));
    }

    private static String message(Optional<DeployException> failure) {
        return failure.map(problem -> String.valueOf(problem.getMessage())).orElse("");
    }

    /** A step that was taken, and what was recorded of it. */
    private final class Made {
        private final Step step;
        private final Instant begun;
        private final Recorder.Recording recording;

        Made(Step step, Instant begun, Recorder.Recording recording) {
            this.step = step;
            this.begun = begun;
            this.recording = recording;
        }

        Run run(End end, String detail) {
            return new Run(
                    target.name(),
                    step.scenario(),
                    step.number(),
                    begun,
                    recording.wall(),
                    recording.rows(),
                    recording.lanes(),
                    visits(),
                    end,
                    detail,
                    recording.measuring());
        }
    }

    /**
     * Makes the target serve what it served before the comparison, or, where that release is gone, the source as it is.
     *
     * @return why it does not, if so
     */
    Optional<String> putBack() {
        if (serves == NOTHING && changes == 0) {
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

    private void note(Report report) {
        note(report, Scenario.CHANGE);
    }

    private void note(Report report, Scenario scenario) {
        if (report.outcome() == Report.Outcome.DEPLOYED) {
            serves = scenario == Scenario.ROLLBACK ? NOTHING : copy.version();
            changes += scenario == Scenario.ROLLBACK ? -changes : 1;
        }
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
