package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.ecs.CallStage.Effects;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a person does with a target, what it changes at AWS, and which calls it takes.
 *
 * @param name what they do
 * @param effects what has changed when it went well
 * @param first what is done once, before all
 * @param before what is done each time before
 * @param doing does it
 * @param needed calls without which it cannot be done
 * @param dispensable calls without which it is done all the same
 */
record CallScene(
        String name,
        Effects effects,
        Consumer<CallStage> first,
        Consumer<CallStage> before,
        Function<CallStage, CallVerdict> doing,
        Set<String> needed,
        Set<String> dispensable) {
    private static final Set<String> ANOTHER_SERVES = Set.of("deploy", "rollback");

    static final List<CallScene> ALL = List.of(
            new CallScene(
                    "deploy",
                    new Effects(1, 1, 0),
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::deploy,
                    needs(
                            "ecs:DescribeClusters",
                            "ecs:DescribeServices",
                            "ecs:DescribeTaskDefinition",
                            "ecs:RegisterTaskDefinition",
                            "ecs:UpdateService",
                            "ecr:DescribeRepositories",
                            "ecr:GetAuthorizationToken"),
                    without(
                            "ecs:TagResource",
                            "ecs:ListTasks",
                            "ecs:DescribeTasks",
                            "ecs:ListTaskDefinitions",
                            "ecs:DescribeServiceDeployments",
                            "elasticloadbalancing:DescribeTargetHealth")),
            new CallScene(
                    "break",
                    new Effects(1, 1, 0),
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::broken,
                    needs("ecs:DescribeServices"),
                    without("ecs:DescribeServiceRevisions", "ecs:StopServiceDeployment", "logs:GetLogEvents")),
            new CallScene(
                    "cancel",
                    new Effects(1, 1, 0),
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::cancelled,
                    needs(),
                    without("ecs:StopServiceDeployment")),
            new CallScene(
                    "rollback",
                    new Effects(1, 0, 0),
                    CallScene::nothing,
                    CallActs::deployed,
                    CallActs::rolledBack,
                    needs("ecs:ListTaskDefinitions", "ecs:UpdateService"),
                    without()),
            new CallScene(
                    "status",
                    Effects.NONE,
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::status,
                    needs("ecs:DescribeTasks"),
                    without()),
            new CallScene(
                    "timeline",
                    Effects.NONE,
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::timeline,
                    needs(),
                    without(
                            "ecs:ListServiceDeployments",
                            "ecs:DescribeServiceRevisions",
                            "elasticloadbalancing:DescribeTargetGroupAttributes")),
            new CallScene(
                    "plan",
                    Effects.NONE,
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::plan,
                    needs(),
                    without("elasticloadbalancing:DescribeTargetGroups")),
            new CallScene(
                    "verify",
                    Effects.NONE,
                    CallActs::furnished,
                    CallScene::nothing,
                    CallActs::verified,
                    needs(
                            "sts:GetCallerIdentity",
                            "ecr:DescribeImages",
                            "iam:GetRole",
                            "iam:SimulatePrincipalPolicy",
                            "logs:DescribeLogGroups",
                            "secretsmanager:DescribeSecret",
                            "ssm:DescribeParameters",
                            "elasticloadbalancing:DescribeAccountLimits"),
                    without()),
            new CallScene(
                    "run",
                    new Effects(0, 0, 1),
                    CallActs::migrationIsDeployed,
                    CallScene::nothing,
                    CallActs::run,
                    needs("ecs:RunTask", "ecs:DescribeTasks"),
                    without("logs:FilterLogEvents")),
            new CallScene(
                    "stop a run",
                    new Effects(0, 0, 1),
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::stopARun,
                    needs("ecs:StopTask"),
                    without()),
            new CallScene(
                    "logs",
                    Effects.NONE,
                    CallActs::deployed,
                    CallScene::nothing,
                    CallActs::logs,
                    needs("logs:FilterLogEvents"),
                    without()),
            new CallScene(
                    "scale",
                    Effects.NONE,
                    CallScene::nothing,
                    CallActs::scaledDown,
                    CallActs::scaled,
                    needs("ecs:UpdateService"),
                    without(
                            "application-autoscaling:DescribeScalableTargets",
                            "elasticloadbalancing:DescribeTargetHealth")),
            new CallScene(
                    "prune",
                    Effects.NONE,
                    CallActs::deployedTwice,
                    CallActs::deployed,
                    CallActs::pruned,
                    needs(),
                    without("ecs:ListClusters", "ecs:ListServices", "ecs:DeregisterTaskDefinition")),
            new CallScene(
                    "init",
                    Effects.NONE,
                    CallScene::nothing,
                    CallScene::nothing,
                    CallActs::imported,
                    needs(),
                    without("ecr:DescribeRepositories")),
            new CallScene(
                    "mistype",
                    Effects.NONE,
                    CallScene::nothing,
                    CallScene::nothing,
                    CallActs::mistyped,
                    needs(),
                    without("ecs:ListServices")));

    private static Set<String> needs(String... calls) {
        return Set.of(calls);
    }

    private static Set<String> without(String... calls) {
        return Set.of(calls);
    }

    private static void nothing(CallStage stage) {
        // Nothing has to be done before.
    }

    void prepare(CallStage stage) {
        before.accept(stage);
        stage.settle();
        stage.events.clear();
    }

    /** Does it; what is thrown is what the person is told. */
    CallVerdict act(CallStage stage) {
        try {
            return doing.apply(stage);
        } catch (DeployException e) {
            return CallVerdict.failed(e);
        }
    }

    /** Whether another release serves afterwards. */
    boolean changesWhatServes() {
        return ANOTHER_SERVES.contains(name);
    }

    /** All that it is tried with. */
    Stream<String> calls() {
        return Stream.concat(needed.stream(), dispensable.stream()).sorted();
    }

    /** Whether it cannot be done where the call is not allowed. */
    boolean isNeeded(String call) {
        return needed.contains(call);
    }

    @Override
    public String toString() {
        return name;
    }
}
