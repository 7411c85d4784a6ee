package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;

/**
 * A call that the tool makes, and what it takes to be allowed.
 *
 * @param action its IAM name
 * @param origin how it comes about
 * @param scope what it is about
 * @param without what is lost where it is not allowed; empty where a deploy cannot do without it
 */
record AwsCall(String action, Origin origin, CallScope scope, Optional<String> without) {
    private static final String UNCHECKED = "`verify` cannot look at it, and says so";
    private static final String VERDICT = "the verdict comes from the service's own `deployments`";
    private static final String NAMES = "no name is suggested for a mistyped one";

    /** How a call comes about. */
    enum Origin {
        /** By a client of the AWS SDK. */
        CLIENT,
        /** By whoever speaks to the registry: ECR asks for permission at each request. */
        REGISTRY,
        /** By AWS itself, which asks for it along with another call. */
        IMPLIED
    }

    /** Every call there is. The policy and the documentation come from here. */
    static final List<AwsCall> ALL = List.of(
            needed("ecs:DescribeClusters", CallScope.CLUSTER),
            optional("ecs:ListClusters", CallScope.ANY, NAMES + ", and old releases stay registered"),
            needed("ecs:DescribeServices", CallScope.ANY), // Of all clusters, before an old release is deregistered.
            optional("ecs:ListServices", CallScope.ANY, NAMES + ", and old releases stay registered"),
            needed("ecs:UpdateService", CallScope.SERVICE),
            needed("ecs:DescribeTaskDefinition", CallScope.ANY),
            needed("ecs:ListTaskDefinitions", CallScope.ANY),
            needed("ecs:RegisterTaskDefinition", CallScope.ANY),
            needed("ecs:TagResource", CallScope.TAGGED),
            new AwsCall("iam:PassRole", Origin.IMPLIED, CallScope.PASSED_ROLES, Optional.empty()),
            needed("ecs:ListTasks", CallScope.IN_CLUSTER),
            needed("ecs:DescribeTasks", CallScope.TASKS),
            optional("ecs:ListServiceDeployments", CallScope.SERVICE, VERDICT),
            optional("ecs:DescribeServiceDeployments", CallScope.SERVICE_DEPLOYMENTS, VERDICT),
            optional("ecs:DescribeServiceRevisions", CallScope.SERVICE_REVISIONS, VERDICT),
            optional("ecs:StopServiceDeployment", CallScope.SERVICE_DEPLOYMENTS, "a rollback is an `UpdateService`"),
            optional("ecs:DeregisterTaskDefinition", CallScope.ANY, "old releases stay registered"),
            optional("ecs:RunTask", CallScope.TASK_DEFINITIONS, "neither `run` nor `before_rollout` work"),
            optional("ecs:StopTask", CallScope.TASKS, "a one-off task that is cancelled goes on"),
            optional("logs:FilterLogEvents", CallScope.LOG_GROUPS, "`logs` does not work, and `run` shows no output"),
            optional(
                    "application-autoscaling:DescribeScalableTargets",
                    CallScope.ANY,
                    "`scale` does not say what autoscaling would undo"),
            optional("elasticloadbalancing:DescribeTargetHealth", CallScope.BALANCER, "a failure says less"),
            optional(
                    "elasticloadbalancing:DescribeTargetGroupAttributes",
                    CallScope.BALANCER,
                    "a prediction assumes the default of 300 s"),
            optional("logs:GetLogEvents", CallScope.LOG_GROUPS, "a failure says less"),
            needed("ecr:DescribeRepositories", CallScope.REPOSITORY),
            needed("ecr:GetAuthorizationToken", CallScope.REGISTRY),
            optional(
                    "ecr:DescribeImages",
                    CallScope.REPOSITORY,
                    "a tag that is there and cannot be changed is an error for the same image too"),
            registry("ecr:BatchCheckLayerAvailability"),
            registry("ecr:InitiateLayerUpload"),
            registry("ecr:UploadLayerPart"),
            registry("ecr:CompleteLayerUpload"),
            registry("ecr:PutImage"),
            registry("ecr:BatchGetImage"),
            new AwsCall(
                    "ecr:GetDownloadUrlForLayer",
                    Origin.REGISTRY,
                    CallScope.REPOSITORY,
                    Optional.of(
                            "`cache_from` takes nothing from ECR, and for which processor an image is may not be seen")),
            optional("iam:GetRole", CallScope.KNOWN_ROLES, UNCHECKED),
            optional("iam:SimulatePrincipalPolicy", CallScope.SIMULATED, UNCHECKED),
            optional("logs:DescribeLogGroups", CallScope.LOGS, UNCHECKED),
            optional("elasticloadbalancing:DescribeTargetGroups", CallScope.BALANCER, UNCHECKED),
            optional("elasticloadbalancing:DescribeAccountLimits", CallScope.BALANCER, UNCHECKED),
            optional("secretsmanager:DescribeSecret", CallScope.SECRETS, UNCHECKED),
            optional("ssm:DescribeParameters", CallScope.PARAMETERS, UNCHECKED));

    /** What whoever has credentials may ask, whatever a policy says. */
    static final String FREE = "sts:GetCallerIdentity";

    private static AwsCall needed(String action, CallScope scope) {
        return new AwsCall(action, Origin.CLIENT, scope, Optional.empty());
    }

    private static AwsCall optional(String action, CallScope scope, String without) {
        return new AwsCall(action, Origin.CLIENT, scope, Optional.of(without));
    }

    private static AwsCall registry(String action) {
        return new AwsCall(action, Origin.REGISTRY, CallScope.REPOSITORY, Optional.empty());
    }

    /** Whether a deploy fails where it is not allowed. */
    boolean isNeeded() {
        return without.isEmpty();
    }
}
