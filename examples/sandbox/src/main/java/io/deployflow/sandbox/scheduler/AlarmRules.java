package io.deployflow.sandbox.scheduler;

import java.util.List;

/**
 * The alarms that fail a deployment.
 *
 * @param names CloudWatch alarms
 * @param enabled whether they are watched
 * @param rollback whether the deployment is rolled back then
 */
public record AlarmRules(List<String> names, boolean enabled, boolean rollback) {

    /** No alarm. */
    public static final AlarmRules NONE = new AlarmRules(List.of(), false, false);

    /** Copies the list. */
    public AlarmRules {
        names = List.copyOf(names);
    }
}
