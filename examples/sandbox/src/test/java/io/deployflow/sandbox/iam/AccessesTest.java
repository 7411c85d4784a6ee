package io.deployflow.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessesTest {

    private static final Arns ARNS = new Arns("eu-west-1", "111122223333");

    private final Accesses accesses = new Accesses(
            ARNS,
            reference -> ARNS.ecs("task-definition", reference + ":7"),
            name -> ARNS.of("secretsmanager", "secret:" + name + "-AbCdEf"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ecs | UpdateService | {"cluster":"dev","service":"puma"} | ecs:UpdateService arn:aws:ecs:eu-west-1:111122223333:service/dev/puma
            ecs | DescribeServices | {"services":["a","arn:aws:ecs:x:1:service/c/b"]} | ecs:DescribeServices arn:aws:ecs:eu-west-1:111122223333:service/default/a,ecs:DescribeServices arn:aws:ecs:x:1:service/c/b
            ecs | ListTasks | {"cluster":"dev"} | ecs:ListTasks *
            ecs | RegisterTaskDefinition | {"family":"puma"} | ecs:RegisterTaskDefinition *
            ecs | DescribeTasks | {"cluster":"dev","tasks":["0a"]} | ecs:DescribeTasks arn:aws:ecs:eu-west-1:111122223333:task/dev/0a
            ecs | RunTask | {"cluster":"dev","taskDefinition":"puma"} | ecs:RunTask arn:aws:ecs:eu-west-1:111122223333:task-definition/puma:7
            ecs | StopServiceDeployment | {"serviceDeploymentArn":"arn:d"} | ecs:StopServiceDeployment arn:d
            ecr | DescribeImages | {"repositoryName":"org/app"} | ecr:DescribeImages arn:aws:ecr:eu-west-1:111122223333:repository/org/app
            ecr | GetAuthorizationToken | {} | ecr:GetAuthorizationToken *
            logs | FilterLogEvents | {"logGroupName":"/ecs/puma"} | logs:FilterLogEvents arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/puma:log-stream:
            elbv2 | DescribeTargetHealth | {"TargetGroupArn":"arn:t"} | elasticloadbalancing:DescribeTargetHealth *
            elbv2 | RegisterTargets | {"TargetGroupArn":"arn:t"} | elasticloadbalancing:RegisterTargets arn:t
            iam | GetRole | {"RoleName":"deploy"} | iam:GetRole arn:aws:iam::111122223333:role/deploy
            sts | AssumeRole | {"RoleArn":"arn:r"} | sts:AssumeRole arn:r
            secretsmanager | GetSecretValue | {"SecretId":"db"} | secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf
            ssm | GetParameters | {"Names":["/a/b","c"]} | ssm:GetParameters arn:aws:ssm:eu-west-1:111122223333:parameter/a/b,ssm:GetParameters arn:aws:ssm:eu-west-1:111122223333:parameter/c
            servicequotas | GetServiceQuota | {"ServiceCode":"ecs"} | servicequotas:GetServiceQuota *
            """)
    void call_needsItsActionOnWhatItNames(String service, String operation, String request, String needed) {
        assertThat(of(service, operation, request)).containsExactly(needed.split(","));
    }

    @Test
    void taskDefinition_needsItsRolesPassedAndItsTagsAllowed() {
        List<String> needed = of(
                "ecs",
                "RegisterTaskDefinition",
                "{\"family\":\"puma\",\"taskRoleArn\":\"app\",\"executionRoleArn\":\"arn:e\",\"tags\":[{\"key\":\"a\"}]}");

        assertThat(needed)
                .containsExactly(
                        "ecs:RegisterTaskDefinition *",
                        "iam:PassRole arn:aws:iam::111122223333:role/app",
                        "iam:PassRole arn:e",
                        "ecs:TagResource arn:aws:ecs:eu-west-1:111122223333:task-definition/puma:*");
    }

    @Test
    void service_needsTheRolesOfItsLoadBalancersAndHooksPassed() {
        List<Access> needed = accesses.of("ecs", "UpdateService", Json.parse("""
                {"service":"puma","loadBalancers":[{"advancedConfiguration":{"roleArn":"arn:l"}}],
                 "deploymentConfiguration":{"lifecycleHooks":[{"roleArn":"arn:h"}]}}"""));

        assertThat(needed)
                .filteredOn(access -> access.action().equals("iam:PassRole"))
                .extracting(Access::resource, access -> access.context().get("iam:PassedToService"))
                .containsExactly(tuple("arn:l", "ecs.amazonaws.com"), tuple("arn:h", "ecs.amazonaws.com"));
    }

    private List<String> of(String service, String operation, String request) {
        return accesses.of(service, operation, Json.parse(request)).stream()
                .map(access -> access.action() + " " + access.resource())
                .toList();
    }
}
