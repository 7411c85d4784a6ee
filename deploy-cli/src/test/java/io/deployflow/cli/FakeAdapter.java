package io.deployflow.cli;

import io.deployflow.BuildException;
import io.deployflow.CancellationToken;
import io.deployflow.Change;
import io.deployflow.ConfigurationException;
import io.deployflow.ImageArtifact;
import io.deployflow.PastRollout;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.PushException;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.RolloutException;
import io.deployflow.Status;
import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.UnitResult;
import io.deployflow.cli.FakeSettings.Fault;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.PushStrategy;
import io.deployflow.spi.RolloutResult;
import io.deployflow.spi.RolloutStrategy;
import io.deployflow.spi.TargetChecks;
import io.deployflow.spi.TargetLock;
import io.deployflow.spi.TargetOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A target in memory of two units, found by the service loader; its settings say what fails. */
public final class FakeAdapter implements DeployAdapter<FakeSettings> {
    /** How often this process opened a target with the very settings that it had begun with. */
    static final AtomicInteger TAKEN = new AtomicInteger();

    private final Set<FakeSettings> prepared =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public Class<FakeSettings> settings() {
        return FakeSettings.class;
    }

    @Override
    public boolean checksContent() {
        return true;
    }

    @Override
    public void prepare(FakeSettings settings) {
        prepared.add(settings);
    }

    @Override
    public Pipeline<?, ?> open(FakeSettings settings, DeployContext context) {
        if (prepared.remove(settings)) {
            TAKEN.incrementAndGet();
        }
        return new Pipeline<>(phase -> build(settings, phase), new Push(settings), new Rollout(settings), () -> {});
    }

    private static ImageArtifact build(FakeSettings settings, DeployContext context) {
        context.output("local", "Step 1/1 : COPY . /app");
        if (settings.fails() == Fault.BUILD) {
            throw new BuildException("step 2/3 failed:\nbundle: not found", "Mend the Dockerfile.");
        }
        return new ImageArtifact(Revision.commit(FakeRelease.NEW.revision()), "sha256:1");
    }

    private static FakeRelease push(FakeSettings settings, DeployContext context) {
        context.check().ifPresent(check -> context.unitChanged("app1", "checked", check.name()));
        context.progressBytes("app1", "upload", 0, 20_000_000);
        context.progressBytes("app1", "upload", 10_000_000, 20_000_000);
        context.progressBytes("app1", "upload", 20_000_000, 20_000_000);
        if (settings.fails() == Fault.PUSH) {
            throw new PushException("app2: no space left on device", "Make room in /var/www.", "app2", null);
        }
        context.unitChanged("app1", "staged", FakeRelease.NEW.id());
        context.warn("the clock of app1 is 90 s late");
        return FakeRelease.NEW;
    }

    private record Push(FakeSettings settings) implements PushStrategy<ImageArtifact, FakeRelease> {
        @Override
        public FakeRelease push(ImageArtifact artifact, DeployContext context) {
            return FakeAdapter.push(settings, context);
        }

        @Override
        public FakeRelease adopt(String artifact, DeployContext context) {
            if (artifact.endsWith(":none")) {
                throw new ConfigurationException("there is no image " + artifact, "Check '--image'.");
            }
            context.unitChanged("app1", "adopted", artifact);
            return FakeRelease.NEW;
        }

        @Override
        public String publish(ImageArtifact artifact, DeployContext context) {
            return "registry.example/app@" + artifact.image();
        }

        @Override
        public String save(ImageArtifact artifact, Path file, DeployContext context) {
            write(file, "an image");
            return "app:1";
        }
    }

    private static void write(Path path, String word) {
        try {
            Files.writeString(path, word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnitResult unit(String name, UnitResult.State state, Release serves) {
        return new UnitResult(name, state, serves.id(), Duration.ofMillis(120));
    }

    private record Rollout(FakeSettings settings) implements RolloutStrategy<FakeRelease> {
        @Override
        public TargetLock preflight(DeployContext context) {
            switch (settings.fails()) {
                case CONFIGURATION ->
                    throw new ConfigurationException("no container 'app'", "The containers are: web.");
                case LOCK -> throw new TargetLockedException("locked by bob@desk since 10:02", "Wait, or ask bob.");
                case REACH ->
                    throw new TargetUnreachableException("app2 refuses the key", "Add the key.", "app2", null);
                case UNEXPECTED -> throw new IllegalStateException("a defect");
                default -> {
                    return () -> {};
                }
            }
        }

        @Override
        public Plan plan(Revision revision, DeployContext context) {
            return new Plan(
                    context.target(),
                    Revision.commit(FakeRelease.NEW.revision()),
                    List.of(
                            Change.change("app1 current", FakeRelease.LIVE.id(), FakeRelease.NEW.id()),
                            Change.add("app1 releases", FakeRelease.NEW.id()),
                            Change.remove("app1 releases", FakeRelease.OLD.id())),
                    List.of(
                            new Plan.Step(Phase.PUSH, "app1", "mkdir -p /srv/releases", 1),
                            new Plan.Step(Phase.PUSH, "app2", "mkdir -p /srv/releases", 1),
                            new Plan.Step(
                                    Phase.ROLLOUT, "app1", "ln -s releases/1 current.new\nmv -T current.new current"),
                            new Plan.Step(Phase.ROLLOUT, "app1", "pumactl phased-restart", 1)),
                    List.of(FakeTimes.PREDICTION));
        }

        @Override
        public RolloutResult rollout(FakeRelease release, DeployContext context) {
            if (settings.fails() == Fault.HANG || settings.fails() == Fault.HANG_FOR_EVER) {
                context.unitChanged("app1", "waiting", "");
                awaitCancel(context.cancellation());
            }
            if (settings.fails() == Fault.ROLLOUT || settings.fails() == Fault.RESTORE) {
                return RolloutResult.failed(
                        List.of(), new RolloutException("GET /health answers 500", "Look at puma.log.", "app2", null));
            }
            journal("deployed");
            context.span("app1", "switch", () -> "current -> releases/" + release.id());
            return RolloutResult.succeeded(List.of(
                    unit("app1", UnitResult.State.SWITCHED, release),
                    unit("app2", UnitResult.State.SWITCHED, release)));
        }

        @Override
        public RolloutResult rollback(FakeRelease release, DeployContext context) {
            if (settings.fails() == Fault.HANG_FOR_EVER) {
                awaitCancel(context.cancellation());
            }
            UnitResult app1 = unit("app1", UnitResult.State.RESTORED, FakeRelease.LIVE);
            if (settings.fails() == Fault.RESTORE) {
                return RolloutResult.failed(
                        List.of(app1, unit("app2", UnitResult.State.FAILED, release)),
                        new RolloutException("app2 does not answer", "Look at app2.", "app2", null));
            }
            journal("restored");
            return RolloutResult.succeeded(List.of(app1, unit("app2", UnitResult.State.RESTORED, FakeRelease.LIVE)));
        }

        @Override
        public Status current(DeployContext context) {
            return new Status(
                    context.target(),
                    Optional.of(FakeRelease.LIVE),
                    List.of(
                            new Status.Unit("app1", FakeRelease.LIVE.id(), true, "pid 7"),
                            new Status.Unit("app2", "none", false, "does not answer")),
                    List.of("release 20260102030405 was staged and never switched"));
        }

        @Override
        public List<PastRollout> past(DeployContext context) {
            return List.of(FakeTimes.ROLLOUT);
        }

        @Override
        public List<FakeRelease> history(DeployContext context) {
            return List.of(FakeRelease.NEW, FakeRelease.LIVE, FakeRelease.OLD);
        }

        @Override
        public void cleanup(FakeRelease release, DeployContext context) {}

        @Override
        public Optional<TargetOperations> operations() {
            return settings.fails() == Fault.CONFIGURATION
                    ? Optional.empty()
                    : Optional.of(new FakeOperations(settings));
        }

        @Override
        public Optional<TargetChecks> checks() {
            return Optional.of(settings)
                    .filter(there -> there.fails() != Fault.CONFIGURATION)
                    .map(FakeChecks::new);
        }

        private void journal(String word) {
            settings.journal().ifPresent(path -> write(path, word));
        }

        private static void awaitCancel(CancellationToken cancellation) {
            CountDownLatch cancelled = new CountDownLatch(1);
            cancellation.onCancel(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            cancellation.throwIfCancelled();
        }
    }
}
