package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Service;

/** A tool that dies at any call of a deploy to two services, and the one that comes after it. */
class KilledTest {
    private static final String SERVICES = "services: [web, worker]";

    /** From the description of the services, which the copies are made of, over both updates, to the watching. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 18})
    void deploy_killedBeforeACall_leavesWholeReleasesAndTheNextOneSucceeds(int call) {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addServices(List.of("web", "worker"), 1);
        try (Simulation next = new Simulation(sandbox, SERVICES)) {
            Map<String, String> before = taskDefinitions(next);
            Map<String, String> half = killed(sandbox, call, next);

            assertThat(half.get("web")).matches(arn -> arn.equals(before.get("web")) || arn.endsWith("/web:2"));
            assertThat(half.get("worker"))
                    .matches(arn -> arn.equals(before.get("worker")) || arn.endsWith("/worker:2"));

            EcsRelease release = next.release(Script.GOOD);
            assertThat(next.rollOut(release).failure()).isEmpty();
            assertThat(taskDefinitions(next))
                    .isEqualTo(release.parts().stream()
                            .collect(Collectors.toMap(EcsRelease.Part::service, EcsRelease.Part::arn)));
            assertThat(next.record("web").statusAsString()).isEqualTo("SUCCESSFUL");
            assertThat(next.record("worker").statusAsString()).isEqualTo("SUCCESSFUL");
        }
    }

    private static Map<String, String> killed(SimulatedSandbox sandbox, int call, Simulation looking) {
        try (KilledTool dying = new KilledTool(sandbox, SERVICES)) {
            boolean died = dying.diesBefore(call, () -> dying.tool.rollOut(dying.tool.release(Script.GOOD)));
            assertThat(died).isTrue();
        }
        return taskDefinitions(looking);
    }

    private static Map<String, String> taskDefinitions(Simulation simulation) {
        return simulation
                .clients
                .ecs()
                .describeServices(request -> request.cluster("app-dev").services("web", "worker"))
                .services()
                .stream()
                .collect(Collectors.toMap(Service::serviceName, Service::taskDefinition));
    }
}
