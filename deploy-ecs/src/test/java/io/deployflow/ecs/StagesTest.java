package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookStage;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

class StagesTest {
    private static final String HOOK = "arn:aws:lambda:eu-west-1:123456789012:function:smoke-test";

    @ParameterizedTest
    @CsvSource({"RECONCILE_SERVICE, 1", "SCALE_UP, 3", "BAKE_TIME, 9", "CLEAN_UP, 10", "ONE_OF_TOMORROW, 0"})
    void number_isThePlaceInTheOrder(String stage, int expected) {
        assertThat(Stages.number(stage)).isEqualTo(expected);
        assertThat(Stages.count()).isEqualTo(10);
    }

    @Test
    void of_aRollingDeployment_isNone() {
        assertThat(Stages.of(ServiceDeployment.builder().build())).isEmpty();
    }

    @Test
    void line_ofAStageWithAHook_namesTheHookThatDecides() {
        ServiceDeployment record = in("POST_SCALE_UP");

        assertThat(Stages.line(record)).isEqualTo("POST_SCALE_UP, which ends when the hook smoke-test says so");
        assertThat(Stages.hooks(in("SCALE_UP"))).isEmpty();
    }

    @Test
    void line_ofTheBakeTime_saysHowLongAndWhatIsWatched() {
        assertThat(Stages.line(in("BAKE_TIME"))).isEqualTo("BAKE_TIME, 7 min, watched by the alarms errors, latency");
        assertThat(Stages.line(in("CLEAN_UP"))).isEqualTo("CLEAN_UP");
    }

    @Test
    void triggered_namesTheAlarmsThatWentOff() {
        ServiceDeployment rung = ServiceDeployment.builder()
                .alarms(alarms -> alarms.alarmNames("errors", "latency").triggeredAlarmNames("latency"))
                .build();

        assertThat(Stages.triggered(rung)).contains("latency");
        assertThat(Stages.triggered(in("BAKE_TIME"))).isEmpty();
    }

    private static ServiceDeployment in(String stage) {
        return ServiceDeployment.builder()
                .lifecycleStage(stage)
                .alarms(alarms -> alarms.alarmNames("errors", "latency"))
                .deploymentConfiguration(there -> there.bakeTimeInMinutes(7)
                        .lifecycleHooks(DeploymentLifecycleHook.builder()
                                .hookTargetArn(HOOK)
                                .lifecycleStages(DeploymentLifecycleHookStage.POST_SCALE_UP)
                                .build()))
                .build();
    }
}
