package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Report;
import io.deployflow.Target;
import io.deployflow.UnitResult;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that no engine built, on real containers: pushed to a real registry, pulled and run by a real engine. */
class LayersDeployIT {
    private static Sandbox sandbox;

    @TempDir
    private static Path folder;

    private static Story story;
    private static DockerEngine engine;
    private static String base;

    /** The base image is pushed by the engine, as Docker's own format is. */
    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder().ecsService(true).start();
        story = new Story(sandbox, folder);
        engine = new DockerEngine();
        EcsSettings settings = story.settings();
        ImageRegistry registry = new ImageRegistry(story.clients, settings.image(), Clock.systemUTC());
        ImageReference image = new ImagePusher(engine, registry)
                .push("debian:bookworm-slim", "base", Contexts.of(folder, folder, "0123456789", event -> {}, threads()))
                .reference();
        base = image.repository() + ":base@" + image.digest().orElseThrow();
    }

    private static ExecutorService threads() {
        return ForkJoinPool.commonPool();
    }

    @AfterAll
    static void stop() {
        engine.close();
        story.close();
        sandbox.close();
    }

    @Test
    void deploy_ofLayers_isServed_andAChangeSendsLittle() {
        story.write("greeting", "first");
        Report first = deploy("here").orThrow();
        assertThat(story.served()).startsWith("first ");
        assertThat(first.units()).allMatch(unit -> unit.state() == UnitResult.State.SWITCHED);

        story.write("greeting", "second");
        assertThat(plan("elsewhere").steps())
                .filteredOn(step -> step.phase() == Phase.BUILD)
                .extracting(Plan.Step::command)
                .anyMatch(line -> line.startsWith("layer code: ") && line.endsWith(", in the registry"))
                .anyMatch(line -> line.startsWith("layer words: ") && !line.contains("registry"));
        story.events.clear();
        // Another machine, as far as its cache tells.
        deploy("elsewhere").orThrow();
        assertThat(story.served()).startsWith("second ");
        assertThat(sent()).singleElement().asString().contains("in 3 blobs");

        story.forgetCalls();
        Report again = deploy("here").orThrow();
        assertThat(again.units()).allMatch(unit -> unit.state() == UnitResult.State.UNCHANGED);
        assertThat(story.calls()).doesNotContain("RegisterTaskDefinition").doesNotContain("UpdateService");
    }

    /** Built alone it goes into a file and to the registry; Docker runs the one, and the other's name is rolled out. */
    @Test
    void image_builtAlone_isRunByDocker_andRolledOutByItsName() {
        story.write("greeting", "alone");
        StrangeFiles.write(folder);
        Path file = folder.resolve("cache-image.tar");
        String saved = build(Optional.of(file));
        String pushed = build(Optional.empty());

        assertThat(LocalTool.run("docker", "load", "-q", "-i", file.toString())).contains(saved);
        try {
            assertThat(LocalTool.run("docker", "run", "--rm", "--network=none", saved, "sh", "-c", StrangeFiles.SHOW))
                    .isEqualTo("alone" + StrangeFiles.SHOWN);
        } finally {
            LocalTool.run("docker", "image", "rm", "-f", saved);
            StrangeFiles.remove(folder);
        }
        try (Deployer deployer = deployer("here")) {
            Report report = deployer.rollout("layers", pushed, CancellationToken.create());
            assertThat(report.orThrow().outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        }
        assertThat(story.served()).startsWith("alone ");
    }

    private static String build(Optional<Path> file) {
        try (Deployer deployer = deployer("here")) {
            return deployer.build("layers", DeployOptions.defaults(), file)
                    .units()
                    .get(0)
                    .detail();
        }
    }

    private static List<String> sent() {
        return story.events.stream()
                .filter(DeployEvent.Output.class::isInstance)
                .map(event -> ((DeployEvent.Output) event).line())
                .filter(line -> line.startsWith("sent "))
                .toList();
    }

    private static Report deploy(String machine) {
        try (Deployer deployer = deployer(machine)) {
            return deployer.deploy("layers", DeployOptions.defaults());
        }
    }

    private static Plan plan(String machine) {
        try (Deployer deployer = deployer(machine)) {
            return deployer.plan("layers", DeployOptions.defaults());
        }
    }

    private static Deployer deployer(String machine) {
        List<String> keys = new ArrayList<>(story.more);
        keys.add("region: " + sandbox.region());
        keys.add("endpoint: " + sandbox.endpoint());
        keys.add("cluster: " + Story.CLUSTER);
        keys.add("""
                image:
                  repository: organization/app
                  build: layers
                  layers:
                    base: %s
                    kind: static
                    stack:
                      - { name: code, from: [serve.pl, mode] }
                      - { name: words, from: ["."] }
                    command: [perl, serve.pl]
                    environment: { LANG: C }
                    user: "1000:1000"
                    ports: [3000]
                    cache: { directory: %s, megabytes: 100 }""".formatted(base, folder.resolve("cache-" + machine)));
        EcsSettings settings = SettingsText.of(keys.toArray(String[]::new));
        return Deployer.builder()
                .application(new Application("shop", folder, List.of("cache-*")))
                .target(Target.of("layers", "ecs", settings))
                .person("alice@laptop")
                .listener(story.events::add)
                .build();
    }
}
