package io.deployflow.ssh;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Phase;
import io.deployflow.spi.DeployContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** A context as the engine gives it, for what needs no source and tells nobody. */
final class Contexts {
    private Contexts() {}

    static DeployContext ofPush(ExecutorService executor) {
        return new DeployContext(
                new Application("shop", Path.of(".")),
                "classic",
                Phase.PUSH,
                "me@here",
                new NoSource(),
                Path.of("."),
                event -> {},
                CancellationToken.create(),
                Clock.systemUTC(),
                executor);
    }
}
