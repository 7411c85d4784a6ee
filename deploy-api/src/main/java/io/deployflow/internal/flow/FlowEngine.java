package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.flow.FlowException;
import io.deployflow.flow.FlowListener;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowReport;
import io.deployflow.flow.FlowRequest;
import io.deployflow.flow.FlowSettings;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.JobState;
import io.deployflow.spi.ServiceEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;

/** Plans and runs a flow. */
public final class FlowEngine {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final FlowSettings settings;
    private final FlowSources sources;
    private final List<FlowListener> listeners;
    private final Clock clock;

    /** Copies the listeners. */
    public FlowEngine(FlowSettings settings, FlowSources sources, List<FlowListener> listeners, Clock clock) {
        this.settings = settings;
        this.sources = sources;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** What would run; runs nothing. */
    public FlowPlan plan(FlowRequest request) {
        return new Planner(settings, request, place(request), mask()).plan();
    }

    /** Runs it to its end. */
    public FlowReport run(FlowRequest request, CancellationToken cancellation) {
        Instant begun = clock.instant();
        Place place = place(request);
        SecretMask mask = mask();
        FlowPlan plan = new Planner(settings, request, place, mask).plan();
        new SecretCheck(settings, sources).check(plan);
        List<ServiceEngine> engines = engines();
        RunRegister register = new RunRegister(sources.cache().resolve("runs"));
        register.clean(engines);
        String id = RUN.format(begun) + "-"
                + String.format("%04x", ThreadLocalRandom.current().nextInt(1 << 16));
        RunDirectory directory = RunDirectory.create(sources.directory(), id);
        Path halfCaches = Caches.of(settings, sources).workOf(id);
        boolean inPlace = request.inPlace() || place.root().isEmpty();
        try (RunRegister.Entry entry =
                        register.enter(id, List.of(directory.path().resolve("work"), halfCaches));
                InPlaceLock lock = InPlaceLock.of(sources.directory(), inPlace)) {
            RunSession session = new RunSession(
                    id,
                    settings,
                    sources,
                    place,
                    directory,
                    inPlace,
                    mask,
                    new Unrestored(),
                    teller(place),
                    engines,
                    clock);
            List<JobReport> jobs = new Coordinator(session, plan, cancellation).run();
            return report(session, jobs, Duration.between(begun, clock.instant()), cancellation);
        } finally {
            directory.removeWork();
            RunDirectory.remove(halfCaches);
            directory.prune(settings.keepRuns());
        }
    }

    private SecretMask mask() {
        return SecretMask.of(settings, sources.environment());
    }

    private FlowTeller teller(Place place) {
        List<FlowListener> all = new ArrayList<>(listeners);
        settings.notices().ifPresent(notices -> all.addAll(Notices.of(notices, sources, place)));
        return new FlowTeller(all);
    }

    private Place place(FlowRequest request) {
        return Place.of(sources.application().source(), sources.environment(), request);
    }

    private static List<ServiceEngine> engines() {
        return ServiceLoader.load(ServiceEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static FlowReport report(
            RunSession session, List<JobReport> jobs, Duration took, CancellationToken cancellation) {
        List<String> reasons = reasons(jobs);
        Optional<DeployException> failure = session.unrestored()
                .failure(reasons, session.mask())
                .<DeployException>map(unrestored -> unrestored)
                .or(() -> failure(reasons, session.directory().path(), cancellation));
        return new FlowReport(
                session.id(),
                session.directory().path(),
                jobs,
                TestReader.read(session.directory(), session.mask()),
                took,
                failure);
    }

    private static List<String> reasons(List<JobReport> jobs) {
        return jobs.stream()
                .filter(job -> job.state() == JobState.FAILED)
                .map(job -> "job '" + job.name() + "' failed: " + job.reason())
                .toList();
    }

    private static Optional<DeployException> failure(
            List<String> reasons, Path directory, CancellationToken cancellation) {
        if (cancellation.isCancelled()) {
            return Optional.of(new DeployCancelledException());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new FlowException(
                        String.join("\n", reasons), "Its whole output is in " + directory.resolve("logs") + "."));
    }
}
