package io.deployflow.sandbox.elb;

/**
 * A listener.
 *
 * @param arn its ARN
 * @param loadBalancerArn the load balancer that it belongs to
 * @param name its name at the reverse proxy
 * @param protocol HTTP
 * @param port the open port of 127.0.0.1
 * @param forward where requests go that no rule takes
 */
public record Listener(String arn, String loadBalancerArn, String name, String protocol, int port, Forward forward) {

    /**
     * A listener that forwards everything to one target group.
     *
     * @param arn its ARN
     * @param loadBalancerArn the load balancer that it belongs to
     * @param name its name at the reverse proxy
     * @param protocol HTTP
     * @param port the open port of 127.0.0.1
     * @param groupArn the target group
     */
    public Listener(String arn, String loadBalancerArn, String name, String protocol, int port, String groupArn) {
        this(arn, loadBalancerArn, name, protocol, port, Forward.to(groupArn));
    }

    /** {@return the ARN of the rule that stands for {@link #forward}} */
    public String defaultRuleArn() {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        return ruleArn(new StringBuilder(id).reverse().toString());
    }

    /**
     * The ARN of a rule.
     *
     * @param id its last part
     * @return the ARN
     */
    public String ruleArn(String id) {
        return arn.replace(":listener/", ":listener-rule/") + "/" + id;
    }

    Listener forwarding(Forward changed) {
        return new Listener(arn, loadBalancerArn, name, protocol, port, changed);
    }
}
