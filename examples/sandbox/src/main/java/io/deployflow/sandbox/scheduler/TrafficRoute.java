package io.deployflow.sandbox.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How traffic comes to a service whose strategy shifts it.
 *
 * @param productionRule the ARN of the listener rule for production traffic
 * @param testRule the ARN of the listener rule for test traffic; empty when there is none
 * @param group one target group
 * @param alternate the other
 */
public record TrafficRoute(String productionRule, Optional<String> testRule, String group, String alternate) {

    /**
     * The group that a revision's tasks are registered in.
     *
     * @param serving what serves; empty when nothing has yet
     * @param beside whether the revision runs beside what serves, or takes its place task by task
     * @return the ARN of one of the two groups
     */
    public String groupFor(Optional<TaskPlan> serving, boolean beside) {
        return serving.map(plan -> beside == uses(plan, group) ? alternate : group)
                .orElse(group);
    }

    private static boolean uses(TaskPlan plan, String groupArn) {
        return plan.targets().stream().anyMatch(target -> target.groupArn().equals(groupArn));
    }

    /** The weights that give a revision a part of the traffic, and the rest to the other group. */
    Map<String, Integer> weights(TaskPlan plan, double percent) {
        boolean whole = percent == Math.rint(percent);
        int to = (int) Math.round(whole ? percent : percent * 10);
        int rest = (whole ? 100 : 1000) - to;
        boolean primary = uses(plan, group);
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(group, primary ? to : rest);
        weights.put(alternate, primary ? rest : to);
        return weights;
    }
}
