package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;

class ScaleWatchTest {

    /** Gives the second answer about services as the first was: ECS may do that for a moment after an update. */
    private static final class Late implements ExecutionInterceptor {
        private final AtomicInteger answers = new AtomicInteger();
        private volatile Optional<SdkResponse> first = Optional.empty();

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            SdkResponse response = context.response();
            if (response instanceof DescribeServicesResponse) {
                int number = answers.incrementAndGet();
                first = number == 1 ? Optional.of(response) : first;
                return number == 2 ? first.orElseThrow() : response;
            }
            return response;
        }
    }

    @Test
    void await_whenTheServiceIsShownAsItWasBefore_waitsForTheNewCount() {
        SimulatedSandbox sandbox = Sandbox.simulated().clock(Timings.FAST).start();
        sandbox.addService("puma", 1);
        try (Simulation simulation = new Simulation(sandbox)) {
            AwsClients clients = QuickClients.of(simulation.settings, new Late());
            Scaling scaling = new Scaling(
                    simulation.settings,
                    new EcsGateway(clients, simulation.settings),
                    new TargetHealth(clients),
                    new Autoscaling(clients, simulation.settings),
                    Paces.of(sandbox));

            assertThat(scaling.run(3, Optional.empty(), simulation.context()).failure())
                    .isEmpty();
            assertThat(simulation.gateway.service("puma").runningCount()).isEqualTo(3);
            clients.close();
        }
    }
}
