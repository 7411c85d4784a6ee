package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Java takes to start and to end, with the options that {@code bin/deployflow build} gives it: a floor as well.
 */
record JvmTool() implements ImageTool {
    static final String NAME = "floor: java -version";

    @Override
    public String title() {
        return NAME;
    }

    @Override
    public boolean takesPart(Scenario scenario) {
        return scenario == Scenario.WARM;
    }

    @Override
    public void forget() {
        // It remembers nothing.
    }

    @Override
    public Timed buildAndPush(Scenario scenario) {
        String java = Optional.ofNullable(System.getenv("JAVA_HOME"))
                .map(home -> home + "/bin/java")
                .orElse("java");
        return TimedCommand.run(
                List.of(java, "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-version"), Map.of());
    }
}
