package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.Check;
import io.deployflow.Check.Outcome;
import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.sandbox.simulated.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before a deploy, and the policy that is printed, held to what the sandbox enforces. */
class EcsChecksTest {
    private static final Script CRASH = Script.GOOD.exiting(Duration.ofSeconds(1), 1);

    @TempDir
    private static Path directory;

    private SimulatedTarget target;

    @BeforeEach
    void start() {
        target = new SimulatedTarget(directory);
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private Check check(String name) {
        return target.verify().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void verify_whenAllIsThere_saysYesToEachThing() {
        List<Check> checks = target.verify();

        assertThat(checks).allMatch(check -> check.outcome() == Outcome.OK);
        assertThat(checks)
                .extracting(Check::name)
                .containsExactly(
                        "credentials",
                        "cluster",
                        "service",
                        "task definition",
                        "image repository",
                        "registry login",
                        "execution role",
                        "task role",
                        "secret",
                        "secret",
                        "log group",
                        "target group",
                        "execution role's permissions",
                        "quota",
                        "quota",
                        "quota",
                        "permissions");
    }

    @Test
    void verify_whenASecretIsGone_saysWhichContainerLacksIt() {
        target.clients.secrets().deleteSecret(request -> request.secretId(target.secret));

        assertThat(check("secret")).satisfies(check -> {
            assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(check.unit()).isEqualTo("DATABASE_URL");
            assertThat(check.detail()).startsWith("there is no secret " + target.secret);
        });
    }

    @Test
    void verify_whenTheExecutionRoleMayNotLogAndDoesNotTrustTasks_saysBoth() {
        target.post("iam", """
                {"roles":[{"roleName":"%s","trust":{"Statement":[]},"policies":[{"Statement":[
                  {"Effect":"Allow","Action":["ecr:*","secretsmanager:*","ssm:*"],"Resource":"*"}]}]}]}""".formatted(SimulatedTarget.EXECUTION));

        assertThat(target.verify())
                .filteredOn(check -> check.outcome() == Outcome.FAILED)
                .extracting(Check::detail)
                .hasSize(3)
                .anyMatch(detail -> detail.contains("does not trust ecs-tasks.amazonaws.com"))
                .anyMatch(detail -> detail.startsWith("may not logs:CreateLogStream on arn:aws:logs:"))
                .anyMatch(detail -> detail.startsWith("may not logs:PutLogEvents on arn:aws:logs:"));
    }

    @Test
    void policy_whenEnforced_allowsADeployARollbackAndEverythingThatIsAsked() {
        target.enforce(target.policy());

        assertThat(target.verify()).allMatch(check -> check.outcome() == Outcome.OK);
        assertThat(target.deploy(Script.GOOD).failure()).isEmpty();
        assertThat(target.deploy(CRASH).failure()).get().isInstanceOf(RolloutException.class);

        Set<String> known = AwsCall.ALL.stream().map(AwsCall::action).collect(Collectors.toSet());
        Set<String> made = new TreeSet<>();
        for (JsonNode call : target.calls()) {
            assertThat(call.path("error").asText()).as(call.toString()).doesNotContain("AccessDenied");
            call.path("actions").forEach(action -> made.add(action.asText()));
        }
        made.retainAll(known);
        assertThat(made).contains("ecs:UpdateService", "iam:PassRole", "ecs:TagResource", "logs:GetLogEvents");
        assertThat(AwsCall.ALL)
                .filteredOn(AwsCall::isNeeded)
                .filteredOn(call -> call.origin() != AwsCall.Origin.REGISTRY)
                .extracting(AwsCall::action)
                .as("no permission is asked for that is not used")
                .allMatch(made::contains);
    }

    @Test
    void verify_whenOneActionIsDenied_namesItAndNeverSaysYes() {
        String policy = target.policy();
        for (AwsCall call : AwsCall.ALL) {
            target.enforce(policy, deny(call));

            List<Check> checks = target.verify();

            assertThat(checks)
                    .as(call.action())
                    .anyMatch(check -> (check.detail() + check.remedy()).contains(call.action())
                            && (check.outcome() != Outcome.OK || check.detail().contains("does without")));
            boolean isAsked = call.isNeeded() || call.without().orElseThrow().contains("verify");
            assertThat(checks.stream().allMatch(check -> check.outcome() == Outcome.OK))
                    .as(call.action())
                    .isEqualTo(!isAsked);
        }
    }

    @Test
    void deploy_whenOneActionIsDenied_doesWithoutItOrNamesIt() {
        String policy = target.policy();
        for (AwsCall call : AwsCall.ALL) {
            if (call.origin() == AwsCall.Origin.REGISTRY
                    || call.without().orElse("").contains("verify")) {
                continue;
            }
            target.enforce(policy, deny(call));

            Optional<DeployException> failure = failure();

            if (call.isNeeded()) {
                assertThat(failure).as(call.action()).isPresent();
                assertThat(failure.get() + failure.get().remedy()).contains(call.action());
            } else {
                assertThat(failure).as(call.action()).isEmpty();
            }
            target.enforce(policy);
            target.settle();
        }
    }

    private Optional<DeployException> failure() {
        try {
            return target.deploy(Script.GOOD).failure();
        } catch (DeployException e) {
            return Optional.of(e);
        }
    }

    private static String deny(AwsCall call) {
        return "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"" + call.action() + "\",\"Resource\":\"*\"}]}";
    }
}
