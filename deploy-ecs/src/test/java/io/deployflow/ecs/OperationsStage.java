package io.deployflow.ecs;

import io.deployflow.Application;
import io.deployflow.Deployer;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SimulatedSandbox;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.simulated.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One service on a sandbox without containers, and who deploys to it. */
abstract class OperationsStage {
    final SimulatedSandbox sandbox =
            Sandbox.simulated().clock(Timings.FAST).speed(50).start();
    final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    EcsSettings settings;
    AwsClients clients;
    Deployer deployer;

    @BeforeEach
    void start() {
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox");
        sandbox.addService("puma", 1);
        settings = SettingsText.of(
                "region: " + sandbox.region(),
                "endpoint: " + sandbox.endpoint(),
                "cluster: app-dev",
                "image: { repository: organization/app }",
                "timeout: 1m");
        clients = QuickClients.of(settings);
        deployer = deployer(settings);
    }

    Deployer deployer(EcsSettings target) {
        return Deployer.builder()
                .application(new Application("shop", Path.of(".")))
                .adapter(new EcsAdapter(Paces.every(Duration.ofMillis(30)), Paces.NO_LIMIT))
                .target(Target.of("staging", "ecs", target))
                .person("alice@laptop")
                .clock(sandbox.clock())
                .listener(events::add)
                .build();
    }

    @AfterEach
    void stop() {
        deployer.close();
        clients.close();
        sandbox.close();
    }

    EcsGateway gateway() {
        return new EcsGateway(clients, settings);
    }

    /** What containers of the service's image do that start from now on. */
    void behave(Script script) {
        String arn = gateway().service("puma").taskDefinition();
        sandbox.behave(
                gateway()
                        .taskDefinition(arn)
                        .definition()
                        .containerDefinitions()
                        .get(0)
                        .image(),
                script);
    }

    List<String> lines() {
        return events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .toList();
    }
}
