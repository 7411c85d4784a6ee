package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Check;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.LogQuery;
import io.deployflow.OneOffTask;
import io.deployflow.Report;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.simulated.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy that is printed, held to every command that there is: it allows what they call, and nothing else. */
class PolicyOfEveryCommandTest {
    private static final Script CRASH = Script.GOOD.exiting(Duration.ofSeconds(1), 1);
    /** For ever, as far as a test goes: whoever cancels comes in time. */
    private static final Script LONG =
            Script.GOOD.taking(Duration.ofHours(10), Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** What only a record that ECS made of another deployment, or a tag that cannot be changed, makes the tool ask. */
    private static final Set<String> SELDOM = Set.of("ecs:DescribeServiceRevisions", "ecr:DescribeImages");

    @TempDir
    private static Path directory;

    private SimulatedTarget target;
    private Consumer<DeployEvent> onEvent = event -> {};
    private int pushed;

    @BeforeEach
    void start() {
        target = new SimulatedTarget(directory);
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private Deployer deployer(String... keys) {
        return Deployer.builder()
                .application(new Application("shop", directory))
                .adapter(new EcsAdapter(Paces.every(Duration.ofMillis(30)), Paces.NO_LIMIT))
                .target(Target.of("staging", "ecs", target.settingsWith(keys)))
                .person("alice@laptop")
                .listener(event -> onEvent.accept(event))
                .build();
    }

    private String push(Script script) {
        return target.sandbox.push("organization/app", "p" + pushed++, script);
    }

    private Report rollout(Deployer deployer, Script script) {
        return deployer.rollout("staging", push(script), CancellationToken.create());
    }

    @Test
    void policy_whenEnforced_allowsEveryCommandAndAsksForNothingElse() {
        try (Deployer deployer = deployer("keep_releases: 2")) {
            target.enforce(deployer.policy("staging"));

            deploys(deployer);
            looks(deployer);
            operations(deployer);
            cancels(deployer);
            ServiceImporter.read(target.clients, target.settings, directory, ".");
        }

        Set<String> made = new TreeSet<>();
        for (JsonNode call : target.calls()) {
            assertThat(call.path("error").asText()).as(call.toString()).doesNotContain("AccessDenied");
            call.path("actions").forEach(action -> made.add(action.asText()));
        }
        assertThat(AwsCall.ALL.stream()
                        .filter(call -> call.origin() != AwsCall.Origin.REGISTRY)
                        .map(AwsCall::action)
                        .filter(action -> !SELDOM.contains(action)))
                .as("what is asked for and not used")
                .allMatch(made::contains);
    }

    private void deploys(Deployer deployer) {
        for (int release = 0; release < 3; release++) {
            assertThat(rollout(deployer, Script.GOOD).outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        }
        assertThat(rollout(deployer, CRASH).outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(deployer.rollback("staging").outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        String migrated = target.sandbox.push("organization/app", "migrated", Script.GOOD);
        List<Script> scripts = new ArrayList<>(List.of(Script.GOOD.exiting(Duration.ofSeconds(1), 0)));
        target.sandbox.behave(migrated, () -> scripts.isEmpty() ? Script.GOOD : scripts.remove(0));
        try (Deployer migrating = deployer("before_rollout: [bin/migrate]")) {
            assertThat(migrating
                            .rollout("staging", migrated, CancellationToken.create())
                            .outcome())
                    .isEqualTo(Report.Outcome.DEPLOYED);
        }
    }

    private static void looks(Deployer deployer) {
        assertThat(deployer.verify("staging").checks()).allMatch(check -> check.outcome() == Check.Outcome.OK);
        deployer.plan("staging", DeployOptions.defaults());
        assertThat(deployer.status("staging").live()).isPresent();
        assertThat(deployer.past("staging")).isNotEmpty();
        assertThat(deployer.releases("staging")).isNotEmpty();
    }

    private void operations(Deployer deployer) {
        CancellationToken token = CancellationToken.create();
        assertThat(deployer.scale("staging", 2, Optional.empty(), token).failure())
                .isEmpty();
        assertThat(deployer.logs(
                                "staging",
                                new LogQuery(
                                        false, Optional.of(Duration.ofHours(9)), Optional.empty(), Optional.empty()),
                                token)
                        .failure())
                .isEmpty();
        deployer.prune("staging", token);
        serving(Script.GOOD.writing("done").exiting(Duration.ofSeconds(2), 0));
        assertThat(deployer.run("staging", OneOffTask.of("true"), token).failure())
                .isEmpty();
        serving(Script.GOOD);
    }

    /** What containers of the image do that serves, from now on. */
    private void serving(Script script) {
        String image = target.gateway()
                .taskDefinition(target.gateway().service("puma").taskDefinition())
                .definition()
                .containerDefinitions()
                .get(0)
                .image();
        target.sandbox.behave(image, script);
    }

    private void cancels(Deployer deployer) {
        CancellationToken ofRollout = CancellationToken.create();
        onEvent = event -> {
            if (event instanceof DeployEvent.UnitChanged changed
                    && changed.state().equals("starting")) {
                ofRollout.cancel();
            }
        };
        assertThat(deployer.rollout("staging", push(LONG), ofRollout).outcome()).isEqualTo(Report.Outcome.RESTORED);
        CancellationToken ofRun = CancellationToken.create();
        onEvent = event -> {
            if (event instanceof DeployEvent.UnitChanged) {
                ofRun.cancel();
            }
        };
        assertThatThrownBy(() -> deployer.run("staging", OneOffTask.of("sleep"), ofRun))
                .isInstanceOf(DeployCancelledException.class);
        onEvent = event -> {};
    }
}
