package io.deployflow.ecs;

import io.deployflow.OperationReport;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes old releases out of use when a person asks for it. */
final class ManualDeregistration {
    private final EcsSettings settings;
    private final Deregistration deregistration;

    ManualDeregistration(EcsSettings settings, Deregistration deregistration) {
        this.settings = settings;
        this.deregistration = deregistration;
    }

    /** See {@link io.deployflow.spi.TargetOperations#prune}. */
    OperationResult run(DeployContext context) {
        Instant begin = context.clock().instant();
        List<String> gone = deregistration.run(context);
        return new OperationResult(
                List.of(new OperationReport.Unit(
                        settings.members().get(0).service(),
                        true,
                        gone.isEmpty() ? "unchanged" : "pruned",
                        gone.isEmpty() ? "no release too many" : "deregistered " + String.join(", ", gone),
                        OptionalInt.empty(),
                        Duration.between(begin, context.clock().instant()))),
                Optional.empty());
    }
}
