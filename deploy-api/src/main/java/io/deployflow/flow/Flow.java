package io.deployflow.flow;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.Deployer;
import io.deployflow.event.DeployListener;
import io.deployflow.internal.flow.FlowEngine;
import io.deployflow.internal.flow.FlowSources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the flow of a {@code deploy.yml}.
 *
 * <pre>{@code
 * Flow.of(DeployFile.read(Path.of("deploy.yml"))).run(FlowRequest.defaults(), CancellationToken.create()).orThrow();
 * }</pre>
 */
public final class Flow {
    private final FlowEngine engine;

    private Flow(FlowEngine engine) {
        this.engine = engine;
    }

    /**
     * The flow of a file.
     *
     * @throws ConfigurationException if it has none, or names a variable that is not set
     */
    public static Flow of(DeployFile file) {
        return builder(file).build();
    }

    /** Starts a flow. */
    public static Builder builder(DeployFile file) {
        return new Builder(file);
    }

    /**
     * What would run on this branch; runs nothing.
     *
     * @throws ConfigurationException if a job is asked for that is not there
     */
    public FlowPlan plan(FlowRequest request) {
        return engine.plan(request);
    }

    /**
     * Runs it. Cancelling ends the steps that run; a deploy that is cancelled puts back what was live.
     *
     * @throws ConfigurationException before anything is run, if a job is asked for that is not there, or a secret is
     *     not set that a job needs which would run
     */
    public FlowReport run(FlowRequest request, CancellationToken cancellation) {
        return engine.run(request, cancellation);
    }

    /** Puts a flow together. */
    public static final class Builder {
        private final DeployFile file;
        private final List<FlowListener> listeners = new ArrayList<>();
        private Map<String, String> environment = System.getenv();
        private Clock clock = Clock.systemUTC();
        private @Nullable Path cache;
        private Function<DeployListener, Deployer> deployer;

        private Builder(DeployFile file) {
            this.file = file;
            this.deployer = listener ->
                    Deployer.builder().deployFile(file).listener(listener).build();
            ServiceLoader.load(FlowListener.class).forEach(this::listener);
        }

        /** Adds a listener. */
        public Builder listener(FlowListener listener) {
            listeners.add(listener);
            return this;
        }

        /** The variables that steps see, and that tell what a CI says; by default this process's. */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** The time; by default the system's. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Where caches and timings are kept; by default {@code deployflow/flow} in the user's cache directory. */
        public Builder cache(Path directory) {
            cache = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Makes the deployer of each deploy step, with a listener, and closed after it; by default one of the file. */
        public Builder deployer(Function<DeployListener, Deployer> maker) {
            deployer = Objects.requireNonNull(maker, "maker");
            return this;
        }

        /**
         * Ends the building.
         *
         * @throws ConfigurationException if the file has no flow, or it names a variable that is not set
         */
        public Flow build() {
            FlowSettings settings = file.flow()
                    .orElseThrow(() -> new ConfigurationException(
                            file.path() + " has no section 'flow'",
                            "Write one (docs/flow.md), or have one made: deployflow flow import .circleci/config.yml"));
            return new Flow(new FlowEngine(
                    settings,
                    new FlowSources(
                            file.path(),
                            file.application(),
                            environment,
                            cache == null ? FlowSources.userCache(environment) : cache,
                            deployer),
                    listeners,
                    clock));
        }
    }
}
