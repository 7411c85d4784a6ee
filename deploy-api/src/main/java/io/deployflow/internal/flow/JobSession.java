package io.deployflow.internal.flow;

import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.JobSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the steps of a job share.
 *
 * @param run the run
 * @param name the job's name
 * @param settings what stands in the file
 * @param source the source's directory in the job's checkout
 * @param environment all variables
 * @param templates fills in what stands between double braces
 */
record JobSession(
        RunSession run,
        String name,
        JobSettings settings,
        Path source,
        Map<String, String> environment,
        Templates templates) {

    /** Hides what is secret. */
    SecretMask mask() {
        return run.mask();
    }

    /** Marks the job's processes. */
    String mark() {
        return run.id() + "/" + name;
    }

    void notice(String message) {
        run.teller().tell(new FlowEvent.Notice(run.clock().instant(), name, mask().hide(message)));
    }
}
