package io.deployflow.flow;

import io.deployflow.internal.circleci.CircleReader;
import io.deployflow.spi.Importer.Leftover;
import java.nio.file.Path;
import java.util.List;

/**
 * What the file of another CI is as a flow. Nothing of it is run.
 *
 * @param flow the text of a section {@code flow} for {@code deploy.yml}
 * @param leftovers what it does not say, in the order of the file
 * @param mistakes what is wrong in the file, and was carried over as it is
 */
public record FlowImport(String flow, List<Leftover> leftovers, List<Leftover> mistakes) {
    /** Copies the lists. */
    public FlowImport {
        leftovers = List.copyOf(leftovers);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Reads a CircleCI file of version 2.
     *
     * @throws io.deployflow.ConfigurationException if it cannot be read, or has no job
     */
    public static FlowImport circleci(Path file) {
        CircleReader read = CircleReader.read(file);
        return new FlowImport(read.flow(), read.leftovers(), read.mistakes());
    }
}
