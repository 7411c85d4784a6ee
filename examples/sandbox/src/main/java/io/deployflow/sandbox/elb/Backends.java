package io.deployflow.sandbox.elb;

import io.deployflow.sandbox.port.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the servers of a reverse proxy from target groups, and shares requests among them so that each group gets what
 * its weight says, however many targets it has.
 */
final class Backends {

    private final Forward forward;
    private final Map<String, TargetGroup> groups;

    Backends(Forward forward, Map<String, TargetGroup> groups) {
        this.forward = forward;
        this.groups = groups;
    }

    List<Backend> list() {
        List<Backend> backends = new ArrayList<>();
        for (String arn : forward.groups()) {
            TargetGroup group = groups.get(arn);
            if (group != null) {
                add(group, weight(group), backends);
            }
        }
        return List.copyOf(backends);
    }

    private static void add(TargetGroup group, int weight, List<Backend> backends) {
        boolean failOpen = failsOpen(group);
        group.targets()
                .forEach((ref, target) -> backends.add(new Backend(
                        ref.host(), ref.port(), state(target.health().state(), failOpen), weight)));
    }

    /** What each target of a group gets, the most being {@link Backend#FULL_WEIGHT}. */
    private int weight(TargetGroup group) {
        double most = forward.groups().stream().mapToDouble(this::share).max().orElse(0);
        double share = share(group.arn());
        return share == 0 ? 0 : Math.max(1, (int) Math.round(Backend.FULL_WEIGHT * share / most));
    }

    private double share(String arn) {
        TargetGroup group = groups.get(arn);
        return group == null ? 0 : (double) forward.weight(arn) / Math.max(1, ready(group));
    }

    private static long ready(TargetGroup group) {
        boolean failOpen = failsOpen(group);
        return group.targets().values().stream()
                .filter(target -> state(target.health().state(), failOpen) == Backend.State.READY)
                .count();
    }

    /** When no target is healthy, unhealthy ones get requests: ELBv2 fails open. */
    private static boolean failsOpen(TargetGroup group) {
        return group.targets().values().stream()
                .noneMatch(target -> target.health().state() == TargetState.HEALTHY);
    }

    private static Backend.State state(TargetState state, boolean failOpen) {
        return switch (state) {
            case HEALTHY -> Backend.State.READY;
            case DRAINING -> Backend.State.DRAINING;
            case UNHEALTHY -> failOpen ? Backend.State.READY : Backend.State.DOWN;
            case INITIAL, UNUSED -> Backend.State.DOWN;
        };
    }
}
