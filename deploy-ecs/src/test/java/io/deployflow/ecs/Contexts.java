package io.deployflow.ecs;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Phase;
import io.deployflow.Revision;
import io.deployflow.event.DeployListener;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.SourceTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;

/** A context as the engine gives it. */
final class Contexts {
    private Contexts() {}

    static DeployContext of(Path source, Path work, String revision, DeployListener listener, ExecutorService threads) {
        return new DeployContext(
                new Application("shop", source),
                "staging",
                Phase.BUILD,
                "alice@laptop",
                new Plain(Revision.commit(revision), source),
                work,
                listener,
                CancellationToken.create(),
                Clock.systemUTC(),
                threads);
    }

    /** Of a rollout on the target 'containers'. */
    static DeployContext ofRollout(DeployListener listener, CancellationToken token, Clock clock) {
        Path nowhere = Path.of("nowhere");
        return new DeployContext(
                new Application("shop", nowhere),
                "containers",
                Phase.ROLLOUT,
                "alice@laptop",
                new Plain(Revision.commit("a".repeat(40)), nowhere),
                nowhere,
                listener,
                token,
                clock,
                ForkJoinPool.commonPool());
    }

    /** For what needs no source. */
    static DeployContext nowhere() {
        return in(Path.of("nowhere"));
    }

    /** With this source. */
    static DeployContext in(Path source) {
        return of(source, source, "a".repeat(40), event -> {}, ForkJoinPool.commonPool());
    }

    private record Plain(Revision revision, Path directory) implements SourceTree {}
}
