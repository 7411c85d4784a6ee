package io.deployflow;

import io.deployflow.flow.FlowSettings;
import io.deployflow.internal.config.Adapters;
import io.deployflow.internal.config.FileParser;
import io.deployflow.internal.config.FileSchema;
import io.deployflow.internal.config.ParsedFile;
import io.deployflow.internal.config.text.Suggestions;
import io.deployflow.spi.DeployAdapter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@code deploy.yml} that was read and has no mistake in it: the application, and the targets it is deployed to. */
public final class DeployFile {
    private final Path path;
    private final ParsedFile parsed;

    private DeployFile(Path path, ParsedFile parsed) {
        this.path = path;
        this.parsed = parsed;
    }

    /**
     * Reads a file with the adapters on the class path and the variables of this process.
     *
     * @throws ConfigurationException if it cannot be read, or with every mistake in it, one a line
     */
    public static DeployFile read(Path file) {
        return reader().read(file);
    }

    /** Reads files with other adapters or variables. */
    public static Reader reader() {
        return new Reader();
    }

    /**
     * The JSON Schema (draft 2020-12) of the file, for editors.
     *
     * @param adapters know the types of targets; their order does not matter
     * @throws ConfigurationException if two are of one type
     */
    public static String schema(Collection<? extends DeployAdapter<?>> adapters) {
        return FileSchema.of(new Adapters(adapters));
    }

    /** The file, as it was named. */
    public Path path() {
        return path;
    }

    /** What is deployed; its source is absolute. */
    public Application application() {
        return parsed.application();
    }

    /** The targets in the file's order. */
    public List<Target> targets() {
        return parsed.targets();
    }

    /**
     * What follows from a change, if the file has a flow.
     *
     * @throws ConfigurationException if it names a variable that is not set here; that keeps nobody from deploying
     */
    public Optional<FlowSettings> flow() {
        parsed.flowProblems().ifPresent(problems -> {
            throw new ConfigurationException(problems, "Set them, or list what is secret in the 'secrets' of its job.");
        });
        return parsed.flow();
    }

    /**
     * One target.
     *
     * @throws ConfigurationException if there is none of that name
     */
    public Target target(String name) {
        return targets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> noTarget(name));
    }

    private ConfigurationException noTarget(String name) {
        Suggestions names = new Suggestions(targets().stream().map(Target::name).toList());
        return new ConfigurationException(
                path + " has no target '" + name + "'" + names.didYouMean(name), "the targets are " + names.list());
    }

    /** Reads files. Unless told otherwise: the adapters on the class path and the variables of this process. */
    public static final class Reader {
        private @Nullable Collection<? extends DeployAdapter<?>> adapters;
        private Function<String, @Nullable String> environment = System::getenv;

        private Reader() {}

        /** The adapters that know the types of targets. */
        public Reader adapters(Collection<? extends DeployAdapter<?>> adapters) {
            this.adapters = List.copyOf(adapters);
            return this;
        }

        /** What gives the value of a variable, or null if it is not set. */
        public Reader environment(Function<String, @Nullable String> environment) {
            this.environment = Objects.requireNonNull(environment, "environment");
            return this;
        }

        /**
         * Reads a file.
         *
         * @throws ConfigurationException if it cannot be read, or with every mistake in it, one a line
         */
        public DeployFile read(Path file) {
            Adapters known = adapters == null ? Adapters.onClassPath() : new Adapters(adapters);
            return new DeployFile(file, new FileParser(file, known, environment).parse());
        }
    }
}
