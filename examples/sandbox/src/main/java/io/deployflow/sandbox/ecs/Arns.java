package io.deployflow.sandbox.ecs;

/**
 * Makes ARNs.
 *
 * @param region AWS region
 * @param account twelve digits
 */
public record Arns(String region, String account) {

    /**
     * An ARN of this region and account.
     *
     * @param service {@code ecs}, {@code ecr}, ...
     * @param resource what follows the account
     * @return the ARN
     */
    public String of(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, region, account, resource);
    }

    /**
     * An ECS ARN whose resource is a path.
     *
     * @param parts the parts of the path
     * @return the ARN
     */
    public String ecs(String... parts) {
        return of("ecs", String.join("/", parts));
    }

    /**
     * The last part of an ARN.
     *
     * @param nameOrArn an ARN or a plain name
     * @return what follows the last slash
     */
    public static String name(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
