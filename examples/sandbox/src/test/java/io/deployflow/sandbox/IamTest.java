package io.deployflow.sandbox;

import static io.deployflow.sandbox.WireClient.ECS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.sandbox.WireClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IamTest {

    private static final String STS = "&Version=2011-06-15";
    private static final String IAM = "&Version=2010-05-08";
    private static final String ELB = "&Version=2015-12-01";

    private final SandboxServer server = SandboxServer.start(SandboxSettings.of(Timings.FAST), new FakePorts().ports());
    private final WireClient aws = new WireClient(server.url(), "x", "us-east-1");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void call_thatNoStatementAllows_isDeniedInTheWordsOfEcs() {
        allowSandbox("ecs:ListClusters");

        Answer denied = aws.json(ECS + "DeleteCluster", "{\"cluster\":\"dev\"}");

        assertThat(aws.json(ECS + "ListClusters", "{}").status()).isEqualTo(200);
        assertThat(denied.status()).isEqualTo(400);
        assertThat(aws.parse(denied.body()).path("__type").asText()).isEqualTo("AccessDeniedException");
        assertThat(aws.parse(denied.body()).path("message").asText())
                .isEqualTo(
                        "User: arn:aws:iam::000000000000:user/sandbox is not authorized to perform: ecs:DeleteCluster"
                                + " on resource: arn:aws:ecs:us-east-1:000000000000:cluster/dev because no identity-based policy"
                                + " allows the ecs:DeleteCluster action");
    }

    @Test
    void call_thatAStatementDenies_saysSo() {
        iam("""
                {"users":[{"userName":"sandbox","policies":[{"Statement":[
                  {"Effect":"Allow","Action":"*","Resource":"*"},
                  {"Effect":"Deny","Action":"ecs:ListClusters","Resource":"*"}]}]}]}""");

        assertThat(aws.json(ECS + "ListClusters", "{}").body())
                .contains("on resource: * with an explicit deny in an identity-based policy");
        assertThat(aws.json(ECS + "ListTaskDefinitions", "{}").status()).isEqualTo(200);
    }

    @Test
    void queryCall_thatIsDenied_answers403() {
        allowSandbox("ecs:*");

        Answer denied = aws.query("Action=DescribeTargetGroups" + ELB);

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.body())
                .contains(
                        "<Code>AccessDenied</Code>",
                        "user/sandbox is not authorized to perform: elasticloadbalancing:DescribeTargetGroups because no");
        assertThat(aws.query("Action=GetCallerIdentity" + STS).status())
                .as("free to all")
                .isEqualTo(200);
    }

    @Test
    void taskDefinition_whoseRoleMayNotBePassed_isRefused() {
        allowSandbox("ecs:*");

        Answer denied = aws.json(
                ECS + "RegisterTaskDefinition",
                "{\"family\":\"puma\",\"executionRoleArn\":\"pull\",\"memory\":\"64\"}");

        assertThat(denied.body())
                .contains(
                        "is not authorized to perform: iam:PassRole on resource: arn:aws:iam::000000000000:role/pull");
    }

    @Test
    void clear_letsEverybodyDoEverythingAgain() {
        allowSandbox("sts:*");
        aws.admin("DELETE", "iam", "");

        assertThat(aws.json(ECS + "ListClusters", "{}").status()).isEqualTo(200);
    }

    @Test
    void documentThatIsNotWellFormed_isRefused() {
        JsonNode answer = iam("{\"users\":[{\"userName\":\"a\",\"policies\":[{\"Statement\":{\"Effect\":\"No\"}}]}]}");

        assertThat(answer.path("message").asText()).contains("Effect must be Allow or Deny");
    }

    @Test
    void getRole_showsTheRoleAndItsTrust() {
        iam("{\"roles\":[{\"roleName\":\"pull\"}]}");

        Answer found = aws.query("Action=GetRole&RoleName=pull" + IAM);
        Answer missing = aws.query("Action=GetRole&RoleName=none" + IAM);

        assertThat(found.body())
                .contains(
                        "<Arn>arn:aws:iam::000000000000:role/pull</Arn>", "ecs-tasks.amazonaws.com", "%22Statement%22");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).contains("<Code>NoSuchEntity</Code>", "The role with name none cannot be found.");
    }

    @Test
    void simulatePrincipalPolicy_decidesForEachActionAndResource() {
        iam("""
                {"roles":[{"roleName":"pull","policies":[{"Statement":
                  {"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:*:*:repository/a"}}]}]}""");
        String role = "&PolicySourceArn=arn:aws:iam::000000000000:role/pull";

        Answer answer = aws.query("Action=SimulatePrincipalPolicy" + role
                + "&ActionNames.member.1=ecr:BatchGetImage&ResourceArns.member.1=arn:aws:ecr:eu:1:repository/a"
                + "&ResourceArns.member.2=arn:aws:ecr:eu:1:repository/b" + IAM);

        assertThat(answer.body())
                .containsSubsequence(
                        "repository/a</EvalResourceName><EvalDecision>allowed</EvalDecision>",
                        "repository/b</EvalResourceName><EvalDecision>implicitDeny</EvalDecision>");
        assertThat(aws.query("Action=SimulatePrincipalPolicy&PolicySourceArn=arn:aws:iam::000000000000:role/none" + IAM)
                        .body())
                .contains("NoSuchEntity", "The role/none cannot be found.");
        assertThat(aws.query("Action=SimulatePrincipalPolicy&PolicySourceArn=arn:aws:sts::1:assumed-role/a/b" + IAM)
                        .body())
                .contains("<Code>InvalidInput</Code>", "does not clearly define entity type and name");
    }

    @Test
    void assumedRole_isThePrincipalAndHeldToTheRolesPolicies() {
        iam("""
                {"roles":[{"roleName":"deploy","policies":[{"Statement":
                  {"Effect":"Allow","Action":"ecs:ListClusters","Resource":"*"}}]}]}""");

        WireClient deploy = assume("arn:aws:iam::000000000000:role/deploy");

        assertThat(deploy.query("Action=GetCallerIdentity" + STS).body())
                .contains("<Arn>arn:aws:sts::000000000000:assumed-role/deploy/story</Arn>");
        assertThat(deploy.json(ECS + "ListClusters", "{}").status()).isEqualTo(200);
        assertThat(deploy.json(ECS + "ListTaskDefinitions", "{}").body())
                .contains("User: arn:aws:sts::000000000000:assumed-role/deploy/story is not authorized");
    }

    @Test
    void assumeRole_ofARoleThatDoesNotTrustTheCallerOrIsNotThere_isDenied() {
        iam("{\"roles\":[{\"roleName\":\"other\",\"trust\":{\"Statement\":[]}}]}");

        for (String role : new String[] {"other", "none"}) {
            Answer denied = aws.query(
                    "Action=AssumeRole&RoleSessionName=story&RoleArn=arn:aws:iam::000000000000:role/" + role + STS);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.body())
                    .contains(
                            "is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/"
                                    + role);
        }
    }

    @Test
    void assumedRoleOfAnotherAccount_seesThatAccount() {
        iam("""
                {"roles":[{"roleName":"deploy","account":"210987654321","trust":{"Statement":[
                  {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}}]}""");
        aws.call(ECS + "CreateCluster", "{\"clusterName\":\"here\"}");

        WireClient there = assume("arn:aws:iam::210987654321:role/deploy");
        there.call(ECS + "CreateCluster", "{\"clusterName\":\"there\"}");

        assertThat(there.json(ECS + "ListClusters", "{}").body())
                .contains("arn:aws:ecs:us-east-1:210987654321:cluster/there")
                .doesNotContain("cluster/here");
        assertThat(aws.json(ECS + "ListClusters", "{}").body()).doesNotContain("cluster/there");
    }

    @Test
    void regions_areApart() {
        WireClient tokyo = new WireClient(server.url(), "x", "ap-northeast-1");
        tokyo.call(ECS + "CreateCluster", "{\"clusterName\":\"far\"}");

        assertThat(tokyo.json(ECS + "ListClusters", "{}").body())
                .contains("arn:aws:ecs:ap-northeast-1:000000000000:cluster/far");
        assertThat(aws.json(ECS + "ListClusters", "{}").body()).isEqualTo("{\"clusterArns\":[]}");
    }

    @Test
    void userWithAKeyOfItsOwn_isHeldToItsOwnPolicies() {
        iam("{\"users\":[{\"userName\":\"ci\",\"accessKeyId\":\"AKIACI\",\"policies\":[]}]}");
        WireClient ci = new WireClient(server.url(), "AKIACI", "us-east-1");

        assertThat(ci.json(ECS + "ListClusters", "{}").body()).contains("user/ci is not authorized");
        assertThat(aws.json(ECS + "ListClusters", "{}").status()).isEqualTo(200);
    }

    @Test
    void expiredFault_answersAsForExpiredCredentials() {
        aws.admin("POST", "faults", "{\"operation\":\"*\",\"kind\":\"expired\",\"count\":2}");

        assertThat(aws.json(ECS + "ListClusters", "{}").body()).contains("ExpiredTokenException");
        Answer query = aws.query("Action=GetCallerIdentity" + STS);
        assertThat(query.status()).isEqualTo(403);
        assertThat(query.body()).contains("<Code>ExpiredToken</Code>");
    }

    @Test
    void callLog_tellsWhoNeededWhat() {
        aws.json(ECS + "RegisterTaskDefinition", "{\"family\":\"puma\",\"taskRoleArn\":\"app\"}");

        JsonNode call = aws.admin("GET", "calls", "").at("/calls/0");

        assertThat(call.at("/actions/0").asText()).isEqualTo("ecs:RegisterTaskDefinition");
        assertThat(call.at("/actions/1").asText()).isEqualTo("iam:PassRole");
        assertThat(call.path("region").asText()).isEqualTo("us-east-1");
        assertThat(call.path("principal").asText()).isEqualTo("arn:aws:iam::000000000000:user/sandbox");
    }

    private WireClient assume(String role) {
        String accessKey = aws.element("Action=AssumeRole&RoleSessionName=story&RoleArn=" + role + STS, "AccessKeyId");
        return new WireClient(server.url(), accessKey, "us-east-1");
    }

    private void allowSandbox(String action) {
        iam("""
                {"users":[{"userName":"sandbox","policies":[{"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"%s","Resource":"*"}]}]}]}""".formatted(action));
    }

    private JsonNode iam(String body) {
        return aws.admin("POST", "iam", body);
    }
}
