package io.deployflow;

import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.PushStrategy;
import io.deployflow.spi.RolloutResult;
import io.deployflow.spi.RolloutStrategy;
import io.deployflow.spi.TargetLock;
import io.deployflow.spi.TargetOperations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A target in memory that notes every call, and fails on demand. */
final class FakeAdapter implements DeployAdapter<FakeAdapter.Settings> {
    record Settings(String place) {}

    final List<String> calls = new CopyOnWriteArrayList<>();
    /** The place of each pipeline, in the order in which they were opened. */
    final List<String> opened = new CopyOnWriteArrayList<>();

    final Map<String, Runnable> hooks = new HashMap<>();
    Runnable prepare = () -> {};
    Consumer<DeployContext> push = context -> {};
    /** Whether it takes what somebody else built, and gives away what it builds. */
    boolean isOfImages;

    List<Status.Unit> units = List.of();
    List<FakeRelease> history = List.of(new FakeRelease("1", Release.State.LIVE));
    Optional<NotRestoredException> notRestored = Optional.empty();
    RolloutResult rollout = RolloutResult.succeeded(List.of(unit(UnitResult.State.SWITCHED)));
    RolloutResult rollback = RolloutResult.succeeded(List.of(unit(UnitResult.State.RESTORED)));

    Optional<IntFunction<OperationResult>> scale = Optional.empty();
    /** What it is without its last unit, where it lists its units. */
    Optional<Settings> fewer = Optional.empty();

    static UnitResult unit(UnitResult.State state) {
        return new UnitResult("host", state, "", Duration.ZERO);
    }

    /** A hook that takes its time. */
    static Runnable taking(Duration time) {
        return () -> {
            try {
                TimeUnit.MILLISECONDS.sleep(time.toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Optional<Settings> withoutLastUnit(Settings settings) {
        return fewer;
    }

    @Override
    public Optional<Integer> parallel(Settings settings) {
        return settings.place().equals("a") ? Optional.of(3) : Optional.empty();
    }

    @Override
    public Pipeline<?, ?> open(Settings settings, DeployContext context) {
        opened.add(settings.place());
        return new Pipeline<>(new Build(), isOfImages ? new Images() : this::push, new Rollout(), () -> call("close"));
    }

    private final class Build implements BuildStrategy<ImageArtifact> {
        @Override
        public void prepare(DeployContext context) {
            prepare.run();
        }

        @Override
        public ImageArtifact build(DeployContext context) {
            call("build");
            return new ImageArtifact(Revision.commit("0123456789abcdef"), "sha256:1");
        }
    }

    private FakeRelease push(ImageArtifact artifact, DeployContext context) {
        call("push");
        push.accept(context);
        return new FakeRelease("2", Release.State.STAGED);
    }

    private final class Images implements PushStrategy<ImageArtifact, FakeRelease> {
        @Override
        public FakeRelease push(ImageArtifact artifact, DeployContext context) {
            return FakeAdapter.this.push(artifact, context);
        }

        @Override
        public FakeRelease adopt(String artifact, DeployContext context) {
            call("adopt " + artifact);
            return new FakeRelease("2", Release.State.STAGED);
        }

        @Override
        public String publish(ImageArtifact artifact, DeployContext context) {
            call("publish");
            return "registry.example/app@" + artifact.image();
        }

        @Override
        public String save(ImageArtifact artifact, Path file, DeployContext context) {
            call("save " + file);
            return "app:1";
        }
    }

    private void call(String name) {
        calls.add(name);
        hooks.getOrDefault(name, () -> {}).run();
    }

    private final class Rollout implements RolloutStrategy<FakeRelease> {
        @Override
        public TargetLock preflight(DeployContext context) {
            call("preflight");
            return new TargetLock() {
                @Override
                public void close() {
                    call("unlock");
                }

                @Override
                public Optional<NotRestoredException> notRestored() {
                    return notRestored;
                }
            };
        }

        @Override
        public Plan plan(Revision revision, DeployContext context) {
            call("plan");
            return new Plan(context.target(), revision, List.of(), List.of());
        }

        @Override
        public RolloutResult rollout(FakeRelease release, DeployContext context) {
            call("rollout " + release.id());
            hooks.getOrDefault("rollout", () -> {}).run();
            return rollout;
        }

        @Override
        public RolloutResult rollback(FakeRelease release, DeployContext context) {
            call("rollback");
            context.cancellation().throwIfCancelled();
            return rollback;
        }

        @Override
        public Release.State takenBack(FakeRelease release) {
            return release.state() == Release.State.STAGED ? Release.State.FAILED : release.state();
        }

        @Override
        public Optional<TargetOperations> operations() {
            return scale.map(Scaling::new);
        }

        @Override
        public Status current(DeployContext context) {
            Optional<Release> live = history.stream()
                    .filter(release -> release.state() == Release.State.LIVE)
                    .map(Release.class::cast)
                    .findFirst();
            return new Status(context.target(), live, units, List.of());
        }

        @Override
        public List<FakeRelease> history(DeployContext context) {
            return history;
        }

        @Override
        public void cleanup(FakeRelease release, DeployContext context) {
            call("cleanup");
        }
    }

    /** Of all operations it knows one. */
    private final class Scaling implements TargetOperations {
        private final IntFunction<OperationResult> result;

        Scaling(IntFunction<OperationResult> result) {
            this.result = result;
        }

        @Override
        public OperationResult scale(int count, Optional<String> service, DeployContext context) {
            context.cancellation().throwIfCancelled();
            call("scale " + count);
            return result.apply(count);
        }

        @Override
        public OperationResult lock(Optional<String> reason, DeployContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OperationResult unlock(boolean force, DeployContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OperationResult maintenance(Maintenance wanted, DeployContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OperationResult exec(UnitCommand command, DeployContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OperationResult prune(DeployContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
