package io.deployflow.sandbox.elb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An action that forwards requests.
 *
 * @param weights target groups by ARN, in the client's order, with how many requests they get beside each other; 0 is
 *     none
 */
public record Forward(Map<String, Integer> weights) {

    /** Copies the map. */
    public Forward {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /**
     * To one group.
     *
     * @param groupArn its ARN
     * @return the action
     */
    public static Forward to(String groupArn) {
        return new Forward(Map.of(groupArn, 1));
    }

    /** {@return the groups, those without requests too} */
    public Set<String> groups() {
        return weights.keySet();
    }

    /**
     * The weight of a group.
     *
     * @param groupArn its ARN
     * @return 0 when it is none of them
     */
    public int weight(String groupArn) {
        return weights.getOrDefault(groupArn, 0);
    }
}
