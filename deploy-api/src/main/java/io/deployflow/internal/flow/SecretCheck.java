package io.deployflow.internal.flow;

import io.deployflow.ConfigurationException;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowPlan.PlannedJob;
import io.deployflow.flow.FlowSettings;
import io.deployflow.internal.config.FlowPlaces;
import java.util.List;
import java.util.stream.Collectors;

/** Makes sure before anything runs that the secrets are set which the jobs need that will run. */
record SecretCheck(FlowSettings settings, FlowSources sources) {

    /**
     * Checks them.
     *
     * @throws ConfigurationException with every one that is not set
     */
    void check(FlowPlan plan) {
        List<String> missing = plan.jobs().stream()
                .filter(job -> job.skipped().isEmpty())
                .map(PlannedJob::name)
                .flatMap(job -> settings.job(job).stream()
                        .flatMap(found -> found.secrets().stream())
                        .filter(name -> !sources.environment().containsKey(name))
                        .map(name -> sources.file() + ":" + FlowPlaces.secret(sources.file(), job, name) + ": job '"
                                + job + "' needs the secret " + name + ", which is not set"))
                .collect(Collectors.toList());
        if (!missing.isEmpty()) {
            throw new ConfigurationException(
                    String.join("\n", missing), "Set the variables where the flow runs; their values are never shown.");
        }
    }
}
