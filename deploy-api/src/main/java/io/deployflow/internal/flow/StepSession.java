package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.StepSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one step works with.
 *
 * @param job the job
 * @param number its number, from 1
 * @param settings what stands in the file
 * @param directory where it runs
 * @param environment all variables
 * @param log takes what it writes
 * @param cancellation ends it: asked for, or because its time is up
 */
record StepSession(
        JobSession job,
        int number,
        StepSettings settings,
        Path directory,
        Map<String, String> environment,
        StepLog log,
        CancellationToken cancellation) {

    /** Finds the files that it names. */
    NamedFiles files() {
        return NamedFiles.of(directory, environment);
    }

    /** Tells a line, with what is secret in it hidden. */
    void say(String line) {
        told(job.mask().hide(line));
    }

    /** What the step's programs write becomes lines of it. */
    OutputLines output() {
        return output("");
    }

    /** The same behind a mark. */
    OutputLines output(String mark) {
        return new OutputLines(job.mask(), line -> told(mark + line));
    }

    private void told(String line) {
        log.add(line);
        job.run().teller().tell(new FlowEvent.Output(job.run().clock().instant(), job.name(), number, line));
    }
}
