package io.deployflow.sandbox.iam;

import static io.deployflow.sandbox.iam.Decision.ALLOWED;
import static io.deployflow.sandbox.iam.Decision.EXPLICIT_DENY;
import static io.deployflow.sandbox.iam.Decision.IMPLICIT_DENY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final String SERVICE = "arn:aws:ecs:us-east-1:000000000000:service/dev/puma";

    @Test
    void decide_whenNoStatementIsAboutIt_deniesImplicitly() {
        assertThat(decide(
                        "ecs:DeleteService",
                        SERVICE,
                        "\"Effect\":\"Allow\",\"Action\":\"ecs:Update*\",\"Resource\":\"*\""))
                .isEqualTo(IMPLICIT_DENY);
    }

    @Test
    void decide_matchesPatternsOfActionsAndResources() {
        String statement = "\"Effect\":\"Allow\",\"Action\":[\"sts:*\",\"ECS:update?ervice\"],\"Resource\":"
                + "[\"arn:aws:ecs:*:*:service/dev/*\"]";

        assertThat(decide("ecs:UpdateService", SERVICE, statement)).isEqualTo(ALLOWED);
        assertThat(decide("ecs:UpdateService", SERVICE.replace("dev", "live"), statement))
                .isEqualTo(IMPLICIT_DENY);
    }

    @Test
    void decide_whenAnyStatementDenies_deniesExplicitly() {
        Policy allow = policy("\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"");
        Policy deny = policy("\"Effect\":\"Deny\",\"Action\":\"ecs:StopTask\",\"Resource\":\"*\"");

        assertThat(Policy.decide(List.of(allow, deny), new Access("ecs:StopTask", "*")))
                .isEqualTo(EXPLICIT_DENY);
        assertThat(Policy.decide(List.of(allow, deny), new Access("ecs:RunTask", "*")))
                .isEqualTo(ALLOWED);
    }

    @Test
    void decide_byWhatAStatementIsNotAbout() {
        String statement =
                "\"Effect\":\"Allow\",\"NotAction\":\"iam:*\",\"NotResource\":\"arn:aws:ecs:*:*:service/live/*\"";

        assertThat(decide("ecs:UpdateService", SERVICE, statement)).isEqualTo(ALLOWED);
        assertThat(decide("iam:PassRole", SERVICE, statement)).isEqualTo(IMPLICIT_DENY);
        assertThat(decide("ecs:UpdateService", SERVICE.replace("dev", "live"), statement))
                .isEqualTo(IMPLICIT_DENY);
    }

    @Test
    void decide_whenTheAccessLacksTheKeyOfACondition_deniesImplicitly() {
        Policy policy = policy("\"Effect\":\"Allow\",\"Action\":\"ecs:ListTasks\",\"Resource\":\"*\",\"Condition\":"
                + "{\"ArnLike\":{\"ecs:cluster\":\"arn:aws:ecs:*:*:cluster/dev\"}}");

        assertThat(Policy.decide(List.of(policy), new Access("ecs:ListTasks", "*")))
                .isEqualTo(IMPLICIT_DENY);
        assertThat(Policy.decide(
                        List.of(policy),
                        new Access("ecs:ListTasks", "*", Map.of("ecs:cluster", "arn:aws:ecs:eu:1:cluster/dev"))))
                .isEqualTo(ALLOWED);
    }

    @Test
    void read_whenADocumentIsNotWellFormed_saysWhy() {
        assertThatThrownBy(() -> policy("\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\""))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Effect must be Allow or Deny, not 'allow'");
        assertThatThrownBy(() -> policy("\"Effect\":\"Allow\",\"Action\":\"*\""))
                .hasMessageContaining("a statement has no Resource");
        assertThatThrownBy(() -> policy("\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":"
                        + "{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}"))
                .hasMessageContaining("not Bool");
    }

    private static Decision decide(String action, String resource, String statement) {
        return Policy.decide(List.of(policy(statement)), new Access(action, resource));
    }

    private static Policy policy(String statement) {
        return Policy.read(Json.parse("{\"Version\":\"2012-10-17\",\"Statement\":[{" + statement + "}]}"));
    }
}
