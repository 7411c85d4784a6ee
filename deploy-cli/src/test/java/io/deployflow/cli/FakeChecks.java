package io.deployflow.cli;

import io.deployflow.Check;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetChecks;
import java.util.List;
import java.util.Optional;

/** Checks of the target of {@link FakeAdapter}; its settings say which is not well. */
record FakeChecks(FakeSettings settings) implements TargetChecks {
    @Override
    public List<Check> verify(DeployContext context) {
        return switch (settings.fails()) {
            case PUSH -> List.of(reached(), missing(), denied());
            case REACH -> List.of(reached(), denied());
            default -> List.of(reached());
        };
    }

    private static Check reached() {
        return Check.ok("host", "app1", "answers");
    }

    private static Check missing() {
        return Check.failed("linked file", "app1", "shared/.env is not there", "Put it there:\ncp .env shared/");
    }

    private static Check denied() {
        return Check.unknown("log group", "/ecs/shop", "may not be asked", "Allow logs:DescribeLogGroups.");
    }

    @Override
    public Optional<String> policy(DeployContext context) {
        return settings.fails() == FakeSettings.Fault.REACH
                ? Optional.empty()
                : Optional.of("{\n  \"Version\" : \"2012-10-17\"\n}");
    }
}
