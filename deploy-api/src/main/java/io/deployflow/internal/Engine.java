package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.Artifact;
import io.deployflow.CancellationToken;
import io.deployflow.CheckReport;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployOptions;
import io.deployflow.Operation;
import io.deployflow.OperationReport;
import io.deployflow.PastRollout;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Revision;
import io.deployflow.Status;
import io.deployflow.Target;
import io.deployflow.Timeline;
import io.deployflow.event.DeployListener;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.TargetChecks;
import io.deployflow.spi.TargetOperations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Finds the adapter of a target, opens it, and has its strategies do one operation. */
public final class Engine implements AutoCloseable {
    private final Application application;
    private final Map<String, Target> targets;
    private final Map<String, DeployAdapter<?>> adapters;
    private final List<DeployListener> listeners;
    private final String person;
    private final Clock clock;
    private final ExecutorService executor = Executors.newCachedThreadPool(Engine.daemons());

    /** Copies all collections. */
    public Engine(
            Application application,
            Map<String, Target> targets,
            Map<String, DeployAdapter<?>> adapters,
            List<DeployListener> listeners,
            String person,
            Clock clock) {
        this.application = application;
        this.targets = Map.copyOf(targets);
        this.adapters = Map.copyOf(adapters);
        this.listeners = List.copyOf(listeners);
        this.person = person;
        this.clock = clock;
    }

    /** See {@link io.deployflow.Deployer#plan}. */
    public Plan plan(String target, DeployOptions options) {
        return look(target, options, Engine::plan);
    }

    /** See {@link io.deployflow.Deployer#deploy(String, DeployOptions)}. */
    public Report deploy(String name, DeployOptions options) {
        Target target = target(name);
        DeployAdapter<?> adapter = adapter(target, options);
        try (Session session = session(target, options)) {
            return deployWith(open(adapter, target, session), target, session);
        }
    }

    /** See {@link io.deployflow.Deployer#rollback(String, Optional, CancellationToken)}. */
    public Report rollback(String name, Optional<String> release, CancellationToken cancellation) {
        Target target = target(name);
        DeployAdapter<?> adapter = adapter(target);
        DeployOptions options = DeployOptions.defaults().withCancellation(cancellation);
        try (Session session = session(target, options)) {
            return rollbackWith(open(adapter, target, session), target, session, release);
        }
    }

    /** See {@link io.deployflow.Deployer#rollout}. */
    public Report rollout(String name, String artifact, CancellationToken cancellation) {
        Target target = target(name);
        DeployAdapter<?> adapter = adapter(target);
        DeployOptions options = DeployOptions.defaults().withCancellation(cancellation);
        try (Session session = session(target, options)) {
            return adoptWith(open(adapter, target, session), target, session, artifact);
        }
    }

    /** See {@link io.deployflow.Deployer#build}. */
    public OperationReport build(String name, DeployOptions options, Optional<Path> file) {
        Target target = target(name);
        DeployAdapter<?> adapter = adapter(target, options);
        try (Session session = session(target, options)) {
            return buildWith(open(adapter, target, session), name, session, file);
        }
    }

    /** See {@link io.deployflow.Deployer#status}. */
    public Status status(String target) {
        return look(
                target,
                DeployOptions.defaults(),
                (pipeline, context) -> pipeline.rollout().current(context));
    }

    /** See {@link io.deployflow.Deployer#past}. */
    public List<PastRollout> past(String target) {
        return look(
                target,
                DeployOptions.defaults(),
                (pipeline, context) -> pipeline.rollout().past(context));
    }

    /** See {@link io.deployflow.Deployer#verify}. */
    public CheckReport verify(String name) {
        Target target = target(name);
        return look(
                name,
                DeployOptions.defaults(),
                (pipeline, context) ->
                        new CheckReport(name, checks(pipeline, target).verify(context)));
    }

    /** See {@link io.deployflow.Deployer#policy}. */
    public String policy(String name) {
        Target target = target(name);
        return look(
                name,
                DeployOptions.defaults(),
                (pipeline, context) -> checks(pipeline, target)
                        .policy(context)
                        .orElseThrow(() -> new ConfigurationException(
                                "target '%s' has no policy: its type, '%s', is under no access control of its own"
                                        .formatted(name, target.type()),
                                "Ask for the policy of a target that has one, such as one of type 'ecs'.")));
    }

    private static TargetChecks checks(Pipeline<?, ?> pipeline, Target target) {
        return pipeline.rollout()
                .checks()
                .orElseThrow(() -> new ConfigurationException(
                        "target '%s' cannot be verified: its type, '%s', looks at nothing by itself"
                                .formatted(target.name(), target.type()),
                        "Use 'plan' and 'status': they look at what there is."));
    }

    /** See {@link io.deployflow.Deployer#releases}. */
    public List<Release> releases(String target) {
        return look(
                target,
                DeployOptions.defaults(),
                (pipeline, context) -> List.copyOf(pipeline.rollout().history(context)));
    }

    /** Has one of the adapter's {@link TargetOperations} done. */
    public OperationReport operate(
            String name,
            Operation operation,
            CancellationToken cancellation,
            BiFunction<TargetOperations, DeployContext, OperationResult> work) {
        Target target = target(name);
        DeployAdapter<?> adapter = adapter(target);
        DeployOptions options = DeployOptions.defaults().withCancellation(cancellation);
        try (Session session = session(target, options);
                Pipeline<?, ?> pipeline = open(adapter, target, session)) {
            TargetOperations operations = pipeline.rollout().operations().orElseThrow(() -> hasNone(target, operation));
            OperationResult result = work.apply(operations, session.context().in(Phase.OPERATION));
            return new OperationReport(operation, name, result.units(), session.warnings(), result.failure());
        }
    }

    private static ConfigurationException hasNone(Target target, Operation operation) {
        return new ConfigurationException(
                "target '%s' has no '%s': its type, '%s', does not know it"
                        .formatted(target.name(), operation.word(), target.type()),
                "It works on targets whose units are hosts.");
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static Plan plan(Pipeline<?, ?> pipeline, DeployContext context) {
        Revision revision = context.source().revision();
        context.source().branch();
        return pipeline.rollout().plan(revision, context);
    }

    private <T> T look(String name, DeployOptions options, BiFunction<Pipeline<?, ?>, DeployContext, T> question) {
        Target target = target(name);
        DeployAdapter<?> adapter = adapter(target, options);
        try (Session session = session(target, options);
                Pipeline<?, ?> pipeline = open(adapter, target, session)) {
            return question.apply(pipeline, session.context());
        }
    }

    private static <A extends Artifact, R extends Release> Report deployWith(
            Pipeline<A, R> pipeline, Target target, Session session) {
        try (pipeline) {
            return new DeployRun<>(pipeline, target, session).deploy();
        }
    }

    private static <A extends Artifact, R extends Release> Report adoptWith(
            Pipeline<A, R> pipeline, Target target, Session session, String artifact) {
        try (pipeline) {
            return new DeployRun<>(pipeline, target, session).adopt(artifact);
        }
    }

    /** While it builds, the work tree is looked at: what is not committed there is warned of. */
    private static <A extends Artifact> A buildBesideALook(BuildStrategy<A> build, DeployContext phase) {
        phase.source().revision();
        Preparation look =
                Preparation.start(phase.executor(), () -> phase.source().branch());
        A artifact;
        try {
            artifact = build.build(phase);
        } finally {
            look.await();
        }
        phase.source().branch();
        return artifact;
    }

    private static <A extends Artifact, R extends Release> OperationReport buildWith(
            Pipeline<A, R> pipeline, String name, Session session, Optional<Path> file) {
        try (pipeline) {
            A artifact = session.stopwatch().run(Phase.BUILD, phase -> buildBesideALook(pipeline.build(), phase));
            String built = session.stopwatch()
                    .run(
                            Phase.PUSH,
                            phase -> file.isPresent()
                                    ? pipeline.push().save(artifact, file.get(), phase)
                                    : pipeline.push().publish(artifact, phase));
            OperationReport.Unit unit = new OperationReport.Unit(
                    "image",
                    true,
                    file.isPresent() ? "saved" : "pushed",
                    built,
                    OptionalInt.empty(),
                    session.stopwatch().timeline().rows().stream()
                            .map(Timeline.Row::took)
                            .reduce(Duration.ZERO, Duration::plus));
            return new OperationReport(Operation.BUILD, name, List.of(unit), session.warnings(), Optional.empty());
        }
    }

    private static <A extends Artifact, R extends Release> Report rollbackWith(
            Pipeline<A, R> pipeline, Target target, Session session, Optional<String> release) {
        try (pipeline) {
            return new DeployRun<>(pipeline, target, session).rollback(release);
        }
    }

    private Session session(Target target, DeployOptions options) {
        return new Session(application, target.name(), person, options, listeners, clock, executor);
    }

    private static <S extends Record> Pipeline<?, ?> open(DeployAdapter<S> adapter, Target target, Session session) {
        return adapter.open(
                adapter.settings().cast(target.settings()), session.context().in(Phase.PREFLIGHT));
    }

    private Target target(String name) {
        Target target = targets.get(name);
        if (target == null) {
            throw new ConfigurationException(
                    "there is no target '" + name + "'",
                    "The targets are: "
                            + String.join(
                                    ", ", targets.keySet().stream().sorted().toList()) + ".");
        }
        return target;
    }

    private DeployAdapter<?> adapter(Target target, DeployOptions options) {
        DeployAdapter<?> adapter = adapter(target);
        if (options.check().isPresent() && !adapter.checksContent()) {
            throw new ConfigurationException(
                    "target '%s' cannot be told what to verify: its type, '%s', brings no files anywhere"
                            .formatted(target.name(), target.type()),
                    "Leave it out: only targets that a directory is deployed to can.");
        }
        return adapter;
    }

    private DeployAdapter<?> adapter(Target target) {
        DeployAdapter<?> adapter = adapters.get(target.type());
        if (adapter == null || !adapter.settings().isInstance(target.settings())) {
            throw new ConfigurationException(
                    "no adapter takes target '" + target.name() + "' of type '" + target.type() + "' with "
                            + target.settings().getClass().getSimpleName(),
                    "The types are: "
                            + String.join(
                                    ", ", adapters.keySet().stream().sorted().toList()) + ".");
        }
        return adapter;
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "deployflow-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
