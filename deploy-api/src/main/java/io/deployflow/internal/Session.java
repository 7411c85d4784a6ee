package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.DeployOptions;
import io.deployflow.Phase;
import io.deployflow.event.DeployListener;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.SourceTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** What belongs to one operation on one target: its context, its work directory, its warnings and its timeline. */
final class Session implements AutoCloseable {
    private final WorkDirectory work = WorkDirectory.create();
    private final SafeListener listener;
    private final DeployContext context;
    private final Stopwatch stopwatch;
    private final CancellationToken sourceUnwanted = CancellationToken.create();
    private final CancellationToken.Registration cancelled;

    Session(
            Application application,
            String target,
            String person,
            DeployOptions options,
            List<DeployListener> listeners,
            Clock clock,
            ExecutorService executor) {
        this.listener = new SafeListener(listeners);
        this.cancelled = options.cancellation().onCancel(sourceUnwanted::cancel);
        Path adapterDirectory = work.directory("adapter");
        SourceTree source = SourceTrees.of(
                application,
                options,
                work.path().resolve("source"),
                message -> context().warn(message),
                sourceUnwanted);
        this.context = new DeployContext(
                application,
                target,
                Phase.PREFLIGHT,
                person,
                source,
                options.check(),
                adapterDirectory,
                listener,
                options.cancellation(),
                clock,
                executor);
        this.stopwatch = new Stopwatch(context, listener::lanes);
    }

    DeployContext context() {
        return context;
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    List<String> warnings() {
        return listener.warnings();
    }

    /** Ends what is being read of the source: what could come of it is of no use any more. */
    void abandonSource() {
        sourceUnwanted.cancel();
    }

    @Override
    public void close() {
        cancelled.close();
        abandonSource();
        work.close();
    }
}
