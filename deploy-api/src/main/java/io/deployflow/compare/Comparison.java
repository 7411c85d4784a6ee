package io.deployflow.compare;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.Target;
import io.deployflow.event.DeployListener;
import io.deployflow.internal.compare.Setup;
import io.deployflow.internal.compare.Trials;
import io.deployflow.spi.DeployAdapter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to two or more targets, alternating between them, and tells what each scenario costs on each.
 *
 * <pre>{@code
 * ComparisonReport report = Comparison.builder()
 *         .deployFile(DeployFile.read(Path.of("deploy.yml")))
 *         .targets("staging", "classic")
 *         .runs(5)
 *         .build()
 *         .run(CancellationToken.create());
 * Files.writeString(Path.of("comparison.html"), report.toHtml());
 * }</pre>
 *
 * <p>It deploys for real. Changes are made in copies of the source; a target serves in the end what it served before.
 */
public final class Comparison {
    private final Builder parts;
    private final Application application;

    private Comparison(Builder parts, Application application) {
        this.parts = parts;
        this.application = application;
    }

    /** Starts a comparison. */
    public static Builder builder() {
        return new Builder();
    }

    /** What will be done to which targets: lines for who is asked whether it may be. */
    public List<String> announcement() {
        return setup(CancellationToken.create()).announcement();
    }

    /**
     * Runs it. Where it is cancelled, what was measured until then is in the report.
     *
     * @throws io.deployflow.DeployException if a target cannot be looked at; then nothing was changed
     */
    public ComparisonReport run(CancellationToken cancellation) {
        return new Trials(setup(cancellation)).run();
    }

    private Setup setup(CancellationToken cancellation) {
        return new Setup(
                application,
                parts.chosen(),
                parts.adapters,
                parts.scenarios,
                parts.runs,
                parts.warmUps,
                parts.edits,
                parts.clients,
                parts.tool,
                parts.note,
                parts.listeners,
                parts.progress,
                cancellation);
    }

    /** Puts a comparison together. */
    public static final class Builder {
        private static final int RUNS = 5;
        private static final int LEAST_TARGETS = 2;

        private final Map<String, DeployAdapter<?>> adapters = new LinkedHashMap<>();
        private final Map<String, Target> known = new LinkedHashMap<>();
        private final Map<Scenario, String> edits = new EnumMap<>(Scenario.class);
        private final Map<String, List<URI>> clients = new HashMap<>();
        private final List<DeployListener> listeners = new ArrayList<>();
        private List<String> names = List.of();
        private List<Scenario> scenarios = List.of(Scenario.values());
        private int runs = RUNS;
        private int warmUps = 1;
        private String tool = "deployflow";
        private String note = "";
        private ComparisonListener progress = ComparisonListener.NONE;
        private @Nullable Application application;

        private Builder() {
            for (DeployAdapter<?> adapter : ServiceLoader.load(DeployAdapter.class)) {
                adapter(adapter);
            }
        }

        /** Takes the application and knows all targets of a file. */
        public Builder deployFile(DeployFile file) {
            application = file.application();
            file.targets().forEach(this::target);
            return this;
        }

        /** What is deployed; required. */
        public Builder application(Application value) {
            application = value;
            return this;
        }

        /** Knows a target. */
        public Builder target(Target target) {
            known.put(target.name(), target);
            return this;
        }

        /** Which of the known targets are compared, at least two. */
        public Builder targets(String... targets) {
            names = List.of(targets);
            return this;
        }

        /** Adds an adapter, instead of the one of its type on the class path. */
        public Builder adapter(DeployAdapter<?> adapter) {
            adapters.put(adapter.type(), adapter);
            return this;
        }

        /** What is done, whatever the order; by default every scenario. */
        public Builder scenarios(Scenario... chosen) {
            scenarios = Arrays.stream(chosen).distinct().sorted().toList();
            return this;
        }

        /** How many runs of each scenario count; by default 5. */
        public Builder runs(int value) {
            runs = value;
            return this;
        }

        /** How many rounds go before those that count; by default 1. */
        public Builder warmUps(int value) {
            warmUps = value;
            return this;
        }

        /** A shell command that makes the change of a scenario in a copy of the source, where it is run. */
        public Builder edit(Scenario scenario, String command) {
            edits.put(scenario, command);
            return this;
        }

        /** Addresses that clients of a target ask all along; by default that of its verification, if it has one. */
        public Builder clients(String target, List<URI> addresses) {
            clients.put(target, List.copyOf(addresses));
            return this;
        }

        /** Name and version of the tool that compares, for the report. */
        public Builder tool(String value) {
            tool = value;
            return this;
        }

        /** What is to be known of the targets to judge the times, for the report. */
        public Builder note(String value) {
            note = value;
            return this;
        }

        /** Adds a listener that is told of every event of the deploys. */
        public Builder listener(DeployListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Is told how far it is. */
        public Builder progress(ComparisonListener listener) {
            progress = listener;
            return this;
        }

        /**
         * Ends the building.
         *
         * @throws ConfigurationException if there is no application, fewer than two targets, one that is not known or
         *     protected, no scenario, or no run
         */
        public Comparison build() {
            if (application == null) {
                throw new ConfigurationException("a comparison needs an application", "Give it a deploy file.");
            }
            check(names.stream().distinct().count() == names.size(), "a target is named twice", "Name each once.");
            check(names.size() >= LEAST_TARGETS, "a comparison needs two targets or more", "Name them.");
            check(!scenarios.isEmpty(), "a comparison needs a scenario", "Name one, such as 'change'.");
            check(runs >= 1, "a comparison needs a run, and " + runs + " were asked for", "Ask for 1 or more.");
            check(warmUps >= 0, "there cannot be " + warmUps + " warm-ups", "Ask for 0 or more.");
            chosen().forEach(Builder::checkMayBeTried);
            return new Comparison(this, application);
        }

        private static void check(boolean isRight, String problem, String remedy) {
            if (!isRight) {
                throw new ConfigurationException(problem, remedy);
            }
        }

        private static void checkMayBeTried(Target target) {
            check(
                    !target.isProtected(),
                    "target '" + target.name() + "' is protected: nothing is deployed there for trial",
                    "Compare targets that nobody depends on; 'protected: true' in deploy.yml says that this is not one.");
        }

        private List<Target> chosen() {
            return names.stream().map(this::chosen).toList();
        }

        private Target chosen(String name) {
            Target target = known.get(name);
            if (target == null) {
                throw new ConfigurationException(
                        "there is no target '" + name + "'",
                        "The targets are: " + String.join(", ", known.keySet()) + ".");
            }
            return target;
        }
    }
}
