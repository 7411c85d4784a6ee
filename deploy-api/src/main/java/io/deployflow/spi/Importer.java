package io.deployflow.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads what a team has written for another deploy tool, or what runs already, and says it as a {@code deploy.yml}.
 * Runs and changes nothing of what it reads. Found by {@link java.util.ServiceLoader}; needs a public constructor
 * without arguments.
 */
public interface Importer {

    /** What it reads, in lower case, such as {@code capistrano} for {@code init --from-capistrano}. */
    String name();

    /**
     * Reads a project.
     *
     * @param project its directory
     * @param stage the only part of it to read, such as {@code production}, or the {@code cluster/service} that runs;
     *     empty for all
     * @param source the project's directory as the deploy file is to name it
     * @throws io.deployflow.ConfigurationException if there is nothing of the other tool there, or nothing to carry
     *     over
     */
    Imported read(Path project, Optional<String> stage, String source);

    /**
     * What a project is in our words.
     *
     * @param deployFile the text of a {@code deploy.yml} without a mistake
     * @param leftovers what it does not say, in the order of the files
     */
    record Imported(String deployFile, List<Leftover> leftovers) {
        /** Copies the list. */
        public Imported {
            Objects.requireNonNull(deployFile, "deployFile");
            leftovers = List.copyOf(leftovers);
        }
    }

    /**
     * Something that was not carried over.
     *
     * @param place where it stands, as {@code file:line}
     * @param what what it is
     * @param remedy what to do about it
     */
    record Leftover(String place, String what, String remedy) {
        /** Checks the parts. */
        public Leftover {
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(remedy, "remedy");
        }
    }
}
