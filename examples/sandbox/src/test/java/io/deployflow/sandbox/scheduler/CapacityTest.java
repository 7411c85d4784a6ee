package io.deployflow.sandbox.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks that do not fit; each reserves 256 CPU units and 512 MiB. */
class CapacityTest {

    @Test
    void deploy_whenTheInstanceIsFull_saysSoOnceAndWaits() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(2, 100, 200));
        service.capacity.limit(Optional.of(new Demand(4096, 1024)));
        Deployment waiting = service.deploy("good");

        service.run(600);

        assertThat(waiting.state()).isEqualTo(RolloutState.IN_PROGRESS);
        assertThat(waiting.failedTasks()).isZero();
        assertThat(service.healthyTasks()).isEqualTo(2);
        assertThat(service.events())
                .filteredOn(event -> event.contains("unable to place"))
                .containsExactly(
                        "(service puma) was unable to place a task because no container instance met all of its"
                                + " requirements. The closest matching (container-instance i-1) has insufficient memory available."
                                + " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.");
    }

    @Test
    void deploy_whenThereIsRoomForOneMore_goesOneByOne() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(2, 100, 200));
        service.capacity.limit(Optional.of(new Demand(768, 4096)));
        service.deploy("good");

        assertThat(service.runUntil(service::ended)).isTrue();

        assertThat(service.lastServiceDeployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(service.events())
                .anyMatch(event -> event.contains("insufficient CPU units available"))
                .noneMatch(event -> event.contains("has started 2 tasks: (task T) (task T) (task T)"));
        assertThat(service.capacity.used()).isEqualTo(new Demand(512, 1024));
    }

    @Test
    void deploy_whenRoomIsMadeMeanwhile_goesOn() {
        Simulation service = RollingDeploymentTest.settled(RollingDeploymentTest.rules(2, 100, 200));
        service.capacity.limit(Optional.of(new Demand(512, 1024)));
        service.deploy("good");
        service.run(120);

        service.capacity.limit(Optional.empty());

        assertThat(service.runUntil(service::ended)).isTrue();
    }
}
