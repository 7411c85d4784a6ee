package io.deployflow;

import io.deployflow.event.DeployListener;
import io.deployflow.internal.Engine;
import io.deployflow.internal.Person;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.TargetOperations;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Deploys an application to its targets. Thread-safe: different targets may be deployed at once.
 *
 * <pre>{@code
 * try (Deployer deployer = Deployer.of(DeployFile.read(Path.of("deploy.yml")))) {
 *     deployer.deploy("staging").orThrow();
 * }
 * }</pre>
 *
 * <p>Every method throws {@link ConfigurationException} for a target that is not known. Those that change a target
 * answer with a report also when they fail; those that only look throw a {@link DeployException}. An {@link Operation}
 * throws one where it changed nothing, and otherwise answers for every unit.
 */
public final class Deployer implements AutoCloseable {
    private final Engine engine;

    private Deployer(Engine engine) {
        this.engine = engine;
    }

    /** A deployer for all targets of a file, with the adapters on the class path. */
    public static Deployer of(DeployFile file) {
        return builder().deployFile(file).build();
    }

    /** Starts a deployer. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a deploy would do; changes nothing. */
    public Plan plan(String target, DeployOptions options) {
        return engine.plan(target, options);
    }

    /** Deploys HEAD, or the content of a plain directory. */
    public Report deploy(String target) {
        return deploy(target, DeployOptions.defaults());
    }

    /** Builds, pushes and rolls out; a failure puts back what was live before. */
    public Report deploy(String target, DeployOptions options) {
        return engine.deploy(target, options);
    }

    /**
     * Rolls out an artifact that somebody else built; a failure puts back what was live before.
     *
     * @param artifact an image's name, with a tag or a digest
     */
    public Report rollout(String target, String artifact, CancellationToken cancellation) {
        return engine.rollout(target, artifact, cancellation);
    }

    /**
     * Builds what a deploy would, and rolls nothing out.
     *
     * @param file where it is written; empty for where the target takes it from, such as its registry
     * @return one unit, whose detail is the name of what was built
     */
    public OperationReport build(String target, DeployOptions options, Optional<Path> file) {
        return engine.build(target, options, file);
    }

    /** Rolls out the newest good release that is older than the live one. */
    public Report rollback(String target) {
        return engine.rollback(target, Optional.empty(), CancellationToken.create());
    }

    /** Rolls out an earlier release: the one named, or the newest good one that is older than the live one. */
    public Report rollback(String target, Optional<String> release, CancellationToken cancellation) {
        return engine.rollback(target, release, cancellation);
    }

    /** What the target serves now. */
    public Status status(String target) {
        return engine.status(target);
    }

    /** The target's last rollouts and where their time went, newest first; empty where it keeps no such times. */
    public List<PastRollout> past(String target) {
        return engine.past(target);
    }

    /** Looks at everything that a deploy needs at the target, before anything is built. */
    public CheckReport verify(String target) {
        return engine.verify(target);
    }

    /** The least that whoever deploys to the target must be allowed, such as an IAM policy in JSON. */
    public String policy(String target) {
        return engine.policy(target);
    }

    /** The releases at the target, newest first. */
    public List<Release> releases(String target) {
        return engine.releases(target);
    }

    /**
     * Locks the target by hand: until {@link #unlock} nobody deploys to it. The lock outlives this process.
     *
     * @param reason why, one line; whoever meets the lock is told
     */
    public OperationReport lock(String target, Optional<String> reason, CancellationToken cancellation) {
        return engine.operate(
                target, Operation.LOCK, cancellation, (operations, context) -> operations.lock(reason, context));
    }

    /**
     * Removes a lock by hand, or that of a deploy that is gone.
     *
     * @param force removes also the lock of a deploy that is under way
     */
    public OperationReport unlock(String target, boolean force, CancellationToken cancellation) {
        return engine.operate(
                target, Operation.UNLOCK, cancellation, (operations, context) -> operations.unlock(force, context));
    }

    /** Puts the target's maintenance page up, or takes it down. */
    public OperationReport maintenance(String target, Maintenance wanted, CancellationToken cancellation) {
        return engine.operate(
                target,
                Operation.MAINTENANCE,
                cancellation,
                (operations, context) -> operations.maintenance(wanted, context));
    }

    /** Runs a command on the target's units; its output comes as {@link io.deployflow.event.DeployEvent.Output}. */
    public OperationReport exec(String target, UnitCommand command, CancellationToken cancellation) {
        return engine.operate(
                target, Operation.EXEC, cancellation, (operations, context) -> operations.exec(command, context));
    }

    /** Removes old releases as a deploy's cleanup does. */
    public OperationReport prune(String target, CancellationToken cancellation) {
        return engine.operate(target, Operation.PRUNE, cancellation, TargetOperations::prune);
    }

    /**
     * Runs a command once with a release, beside what serves; its output comes as
     * {@link io.deployflow.event.DeployEvent.Output}. Cancelling stops it.
     */
    public OperationReport run(String target, OneOffTask task, CancellationToken cancellation) {
        return engine.operate(
                target, Operation.RUN, cancellation, (operations, context) -> operations.run(task, context));
    }

    /**
     * Changes how many units serve, and waits until they do; deploys leave the number alone.
     *
     * @param service which of the target's services; may be left out where it has one
     */
    public OperationReport scale(String target, int count, Optional<String> service, CancellationToken cancellation) {
        return engine.operate(
                target,
                Operation.SCALE,
                cancellation,
                (operations, context) -> operations.scale(count, service, context));
    }

    /**
     * Tells what the units wrote as {@link io.deployflow.event.DeployEvent.Output}, in the order of time. Following
     * ends without a failure when it is cancelled.
     */
    public OperationReport logs(String target, LogQuery query, CancellationToken cancellation) {
        return engine.operate(
                target, Operation.LOGS, cancellation, (operations, context) -> operations.logs(query, context));
    }

    /** Ends the threads that it started; deploys under way should have ended before. */
    @Override
    public void close() {
        engine.close();
    }

    /** Puts a deployer together. */
    public static final class Builder {
        private final Map<String, DeployAdapter<?>> adapters = new LinkedHashMap<>();
        private final Map<String, Target> targets = new LinkedHashMap<>();
        private final List<DeployListener> listeners = new ArrayList<>();
        private @Nullable Application application;
        private String person = Person.current();
        private Clock clock = Clock.systemUTC();

        private Builder() {
            for (DeployAdapter<?> adapter : ServiceLoader.load(DeployAdapter.class)) {
                adapter(adapter);
            }
            ServiceLoader.load(DeployListener.class).forEach(this::listener);
        }

        /** Takes the application and all targets of a file. */
        public Builder deployFile(DeployFile file) {
            application(file.application());
            file.targets().forEach(this::target);
            return this;
        }

        /** What is deployed; required. */
        public Builder application(Application value) {
            application = value;
            return this;
        }

        /** Adds a target. */
        public Builder target(Target target) {
            targets.put(target.name(), target);
            return this;
        }

        /** Adds an adapter, instead of the one of its type on the class path. */
        public Builder adapter(DeployAdapter<?> adapter) {
            adapters.put(adapter.type(), adapter);
            return this;
        }

        /** Adds a listener. */
        public Builder listener(DeployListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Who deploys; by default {@code user@machine}. */
        public Builder person(String value) {
            person = Objects.requireNonNull(value, "person");
            return this;
        }

        /** The time; by default the system's. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Ends the building.
         *
         * @throws IllegalStateException if there is no application
         */
        public Deployer build() {
            if (application == null) {
                throw new IllegalStateException("a deployer needs an application, or a deploy file");
            }
            return new Deployer(new Engine(application, targets, adapters, listeners, person, clock));
        }
    }
}
