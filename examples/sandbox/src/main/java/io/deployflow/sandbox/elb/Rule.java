package io.deployflow.sandbox.elb;

import java.util.List;

/**
 * A rule of a listener, which takes every request: the sandbox's reverse proxy looks at nothing in them.
 *
 * @param arn its ARN
 * @param listenerArn the listener that it belongs to
 * @param priority the lowest number goes first
 * @param paths the path patterns that it was given
 * @param forward where requests go
 */
public record Rule(String arn, String listenerArn, int priority, List<String> paths, Forward forward) {

    /** Copies the list. */
    public Rule {
        paths = List.copyOf(paths);
    }

    /**
     * The same with another action.
     *
     * @param changed where requests go from now on
     * @return the changed rule
     */
    public Rule forwarding(Forward changed) {
        return new Rule(arn, listenerArn, priority, paths, changed);
    }

    /**
     * The same with another priority.
     *
     * @param changed the priority from now on
     * @return the changed rule
     */
    public Rule at(int changed) {
        return new Rule(arn, listenerArn, changed, paths, forward);
    }
}
