package io.deployflow.internal.config;

import io.deployflow.flow.FlowSettings;
import io.deployflow.spi.Setting;
import java.util.Optional;

/** The key of the flow, at the top of the file. */
record FlowKeys(
        @Setting("What follows from a change: jobs of steps, run by 'deployflow flow run'.")
        Optional<FlowSettings> flow) {
    static final String FLOW = "flow";
}
