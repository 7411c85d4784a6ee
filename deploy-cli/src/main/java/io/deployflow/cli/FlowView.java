package io.deployflow.cli;

import io.deployflow.flow.FlowListener;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowReport;

/** Shows what a flow does and how it ends, in one format. */
interface FlowView extends FlowListener {
    /** What would run. */
    void plan(FlowPlan plan);

    /** What was run; its failure too, if it has one. */
    void report(FlowReport report);

    /** Why there is neither a plan nor a report. */
    void failed(Failure failure);

    /** Something that the person at the terminal should know at once. */
    void notice(String text);
}
