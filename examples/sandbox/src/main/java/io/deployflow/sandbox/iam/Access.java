package io.deployflow.sandbox.iam;

import java.util.Map;

/**
 * Something that a principal wants to do.
 *
 * @param action as {@code ecs:UpdateService}
 * @param resource an ARN, or {@code *} where the action is not on a resource
 * @param context condition keys by name, as {@code ecs:cluster}
 */
public record Access(String action, String resource, Map<String, String> context) {

    /**
     * Without condition keys.
     *
     * @param action as {@code ecs:UpdateService}
     * @param resource an ARN, or {@code *}
     */
    public Access(String action, String resource) {
        this(action, resource, Map.of());
    }
}
