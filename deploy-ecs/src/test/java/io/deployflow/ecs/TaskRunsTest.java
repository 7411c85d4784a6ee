package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Service;

class TaskRunsTest {
    private static final EcsSettings SETTINGS = SettingsText.of("cluster: app");
    private static final TaskRuns.Wanted WANTED =
            new TaskRuns.Wanted("web:7", "app", List.of("bin/rails db:migrate"), Map.of("B", "2", "A", "1"));

    @Test
    void request_isATaskWhereTheServicesTasksRunWithTheReleasesTags() {
        Service service = Service.builder()
                .launchType(LaunchType.FARGATE)
                .platformVersion("1.4.0")
                .networkConfiguration(network -> network.awsvpcConfiguration(
                        vpc -> vpc.subnets("subnet-1").securityGroups("sg-1")))
                .build();

        RunTaskRequest request = TaskRuns.request(SETTINGS, service, WANTED, TaskRuns.startedBy("Alice B@laptop"));

        assertThat(request.cluster()).isEqualTo("app");
        assertThat(request.taskDefinition()).isEqualTo("web:7");
        assertThat(request.networkConfiguration()).isEqualTo(service.networkConfiguration());
        assertThat(request.launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(request.platformVersion()).isEqualTo("1.4.0");
        assertThat(request.propagateTags()).isEqualTo(PropagateTags.TASK_DEFINITION);
        assertThat(request.startedBy()).isEqualTo("deployflow/Alice_B_laptop");
        assertThat(request.overrides().containerOverrides()).singleElement().satisfies(override -> {
            assertThat(override.name()).isEqualTo("app");
            assertThat(override.command()).containsExactly("/bin/sh", "-c", "bin/rails db:migrate");
            assertThat(override.environment()).extracting(KeyValuePair::name).containsExactly("A", "B");
        });
    }

    @Test
    void request_forAServiceOfCapacityProviders_namesTheseAndNoLaunchType() {
        Service service = Service.builder()
                .launchType(LaunchType.EC2)
                .platformVersion("LATEST")
                .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                        .capacityProvider("FARGATE_SPOT")
                        .weight(1)
                        .build())
                .build();

        RunTaskRequest request = TaskRuns.request(SETTINGS, service, WANTED, TaskRuns.BEFORE_ROLLOUT);

        assertThat(request.capacityProviderStrategy()).isEqualTo(service.capacityProviderStrategy());
        assertThat(request.startedBy()).isEqualTo("deployflow/before_rollout");
        assertThat(request.launchType()).isNull();
        assertThat(request.platformVersion()).isNull();
    }

    @Test
    void command_ofOnePlainWordOrOfSeveral_needsNoShell() {
        assertThat(TaskRuns.command(List.of("bin/migrate"))).containsExactly("bin/migrate");
        assertThat(TaskRuns.command(List.of("echo", "a b"))).containsExactly("echo", "a b");
        assertThat(TaskRuns.command(List.of("a | b"))).containsExactly("/bin/sh", "-c", "a | b");
    }
}
