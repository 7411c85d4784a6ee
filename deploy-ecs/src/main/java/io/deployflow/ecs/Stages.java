package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;

/** What ECS's own record of a deployment says about how far it is, in the words that people see. */
final class Stages {
    /** In the order in which a deployment goes through them. */
    private static final List<String> ORDER = List.of(
            "RECONCILE_SERVICE",
            "PRE_SCALE_UP",
            "SCALE_UP",
            "POST_SCALE_UP",
            "TEST_TRAFFIC_SHIFT",
            "POST_TEST_TRAFFIC_SHIFT",
            "PRODUCTION_TRAFFIC_SHIFT",
            "POST_PRODUCTION_TRAFFIC_SHIFT",
            "BAKE_TIME",
            "CLEAN_UP");

    private Stages() {}

    /** How many stages there are. */
    static int count() {
        return ORDER.size();
    }

    /** The stage's number from 1 on; 0 for one of tomorrow. */
    static int number(String stage) {
        return ORDER.indexOf(stage) + 1;
    }

    /** The stage that a deployment is in, if it says so. */
    static Optional<String> of(ServiceDeployment record) {
        return Optional.ofNullable(record.lifecycleStageAsString()).filter(stage -> !stage.isEmpty());
    }

    /** One line: the stage, who decides how it goes on, the bake time, the alarms. */
    static String line(ServiceDeployment record) {
        return of(record).orElse("?")
                + hooks(record)
                        .map(names -> ", which ends when " + names + " says so")
                        .orElse("")
                + bakeTime(record).map(minutes -> ", " + minutes + " min").orElse("")
                + alarms(record)
                        .map(names -> ", watched by the alarms " + names)
                        .orElse("");
    }

    /** Names of the hooks that a deployment is held by in its stage. */
    static Optional<String> hooks(ServiceDeployment record) {
        String stage = of(record).orElse("");
        if (record.deploymentConfiguration() == null) {
            return Optional.empty();
        }
        String names = record.deploymentConfiguration().lifecycleHooks().stream()
                .filter(hook -> hook.lifecycleStagesAsStrings().contains(stage))
                .map(DeploymentLifecycleHook::hookTargetArn)
                .map(arn -> "the hook " + arn.substring(arn.lastIndexOf(':') + 1))
                .collect(Collectors.joining(" and "));
        return Optional.of(names).filter(text -> !text.isEmpty());
    }

    private static Optional<Integer> bakeTime(ServiceDeployment record) {
        return Optional.ofNullable(record.deploymentConfiguration())
                .filter(there -> of(record).equals(Optional.of("BAKE_TIME")))
                .map(there -> there.bakeTimeInMinutes());
    }

    private static Optional<String> alarms(ServiceDeployment record) {
        return Optional.ofNullable(record.alarms())
                .map(ServiceDeploymentAlarms::alarmNames)
                .filter(names -> !names.isEmpty() && of(record).equals(Optional.of("BAKE_TIME")))
                .map(names -> String.join(", ", names));
    }

    /** The alarms that went off, if any did. */
    static Optional<String> triggered(ServiceDeployment record) {
        return Optional.ofNullable(record.alarms())
                .map(ServiceDeploymentAlarms::triggeredAlarmNames)
                .filter(names -> !names.isEmpty())
                .map(names -> String.join(", ", names));
    }
}
