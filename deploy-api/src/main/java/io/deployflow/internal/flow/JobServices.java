package io.deployflow.internal.flow;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.ServiceSettings;
import io.deployflow.spi.ServiceEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service containers of one job: started before its first step, removed after its last. */
final class JobServices implements AutoCloseable {
    private final RunSession run;
    private final String job;
    private final CancellationToken cancellation;
    private final Deque<ServiceEngine.Service> running = new ArrayDeque<>();
    private final Map<String, String> addresses = new HashMap<>();

    JobServices(RunSession run, String job, CancellationToken cancellation) {
        this.run = run;
        this.job = job;
        this.cancellation = cancellation;
    }

    void start(List<String> names) {
        for (String name : names) {
            ServiceEngine.Service service = start(name);
            running.push(service);
            addresses.put("services." + name + ".host", service.host());
            addresses.put("services." + name + ".port", String.valueOf(service.port()));
        }
    }

    private ServiceEngine.Service start(String name) {
        ServiceEngine engine = run.engines().stream()
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "job '" + job + "' needs the service '" + name + "', and nothing on the class path runs any",
                        "Add the jar of deploy-ecs."));
        ServiceSettings settings =
                Optional.ofNullable(run.settings().services().get(name)).orElseThrow();
        return engine.start(
                run.id(),
                job + "." + name,
                settings,
                line -> run.teller().tell(new FlowEvent.Notice(run.clock().instant(), job, name + ": " + line)),
                cancellation);
    }

    /** {@code services.NAME.host} and {@code services.NAME.port} of each. */
    Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
