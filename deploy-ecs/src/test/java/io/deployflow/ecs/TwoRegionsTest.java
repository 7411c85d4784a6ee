package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.DeployFile;
import io.deployflow.Deployer;
import io.deployflow.Report;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Two targets of one deploy.yml in regions of their own, deployed to at once by one process. */
class TwoRegionsTest {
    private static final String HOME = "ap-northeast-1";
    private static final String AWAY = "us-east-1";

    private final SimulatedSandbox sandbox =
            Sandbox.simulated().clock(Timings.FAST).speed(100).start();

    @TempDir
    private Path directory;

    private Deployer deployer;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        sandbox.addService("puma", 1);
        Team away = new Team(sandbox.endpoint(), AWAY);
        away.createCluster();
        away.createService("puma", 1, sandbox.push("organization/app", "away", Script.GOOD), 90, true, Map.of());
        assertThat(sandbox.advanceUntil(Duration.ofMinutes(10), () -> away.completed("puma")))
                .isTrue();
        Path file = Files.writeString(
                directory.resolve("deploy.yml"),
                "application: shop\ntargets:\n" + target("tokyo", HOME) + target("virginia", AWAY));
        EcsAdapter adapter = new EcsAdapter(Paces.every(Duration.ofMillis(30)), Paces.NO_LIMIT);
        deployer = Deployer.builder()
                .deployFile(DeployFile.reader().adapters(List.of(adapter)).read(file))
                .adapter(adapter)
                .person("alice@laptop")
                .build();
    }

    private String target(String name, String region) {
        return """
                  %s:
                    type: ecs
                    region: %s
                    endpoint: %s
                    cluster: app-dev
                    service: puma
                    image: { repository: organization/app }
                    timeout: 1m
                """.formatted(name, region, sandbox.endpoint()).indent(2);
    }

    @AfterEach
    void stop() {
        deployer.close();
        sandbox.close();
    }

    private CompletableFuture<Report> rollout(String target, Script script) {
        String image = sandbox.push("organization/app", target + script.hashCode(), script);
        return CompletableFuture.supplyAsync(() -> deployer.rollout(target, image, CancellationToken.create()));
    }

    /** What the service of a region runs. */
    private String live(String region) {
        try (AwsClients clients =
                QuickClients.of(SettingsText.of("region: " + region, "endpoint: " + sandbox.endpoint()))) {
            EcsClient ecs = clients.ecs();
            return ecs.describeServices(request -> request.cluster("app-dev").services("puma"))
                    .services()
                    .get(0)
                    .taskDefinition();
        }
    }

    @Test
    void rollout_toTwoRegionsAtOnce_isOfEachAlone() {
        CompletableFuture<Report> tokyo = rollout("tokyo", Script.GOOD.writing("tokyo"));
        CompletableFuture<Report> virginia = rollout("virginia", Script.GOOD.writing("virginia"));

        assertThat(Stream.of(tokyo.join(), virginia.join()))
                .extracting(Report::outcome)
                .containsOnly(Report.Outcome.DEPLOYED);
        assertThat(live(HOME)).isEqualTo("arn:aws:ecs:" + HOME + ":123456789012:task-definition/puma:2");
        assertThat(live(AWAY)).isEqualTo("arn:aws:ecs:" + AWAY + ":123456789012:task-definition/puma:2");
    }

    @Test
    void rollout_thatFailsInOneRegion_isTakenBackThereAlone() {
        CompletableFuture<Report> tokyo = rollout("tokyo", Script.GOOD.writing("tokyo"));
        CompletableFuture<Report> virginia = rollout("virginia", Script.GOOD.exiting(Duration.ofSeconds(1), 1));

        assertThat(tokyo.join().outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(virginia.join().outcome()).isEqualTo(Report.Outcome.RESTORED);
        assertThat(live(HOME)).endsWith("/puma:2");
        assertThat(live(AWAY)).endsWith("/puma:1");
        assertThat(deployer.status("virginia").live().orElseThrow().id()).isEqualTo("puma:1");
        assertThat(deployer.status("tokyo").live().orElseThrow().id()).isEqualTo("puma:2");
    }
}
