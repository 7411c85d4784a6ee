package io.deployflow.internal.config;

import io.deployflow.Application;
import io.deployflow.Target;
import java.util.List;

/**
 * What stands in a file without mistakes.
 *
 * @param application what is deployed
 * @param targets in the file's order
 */
public record ParsedFile(Application application, List<Target> targets) {
    /** Copies the list. */
    public ParsedFile {
        targets = List.copyOf(targets);
    }
}
