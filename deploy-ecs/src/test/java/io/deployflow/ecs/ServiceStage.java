package io.deployflow.ecs;

import io.deployflow.Deployer;
import io.deployflow.Phase;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service whose tasks are real containers behind a real load balancer, for a class of stories. */
abstract class ServiceStage {
    private static Sandbox sandbox;

    @TempDir
    private Path source;

    Story story;
    ServiceByHand service;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder().ecsService(true).start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void begin() {
        story = new Story(sandbox, source);
        service = new ServiceByHand(story.ecs(), sandbox.registry());
    }

    @AfterEach
    void end() {
        story.close();
    }

    static List<Phase> phases(Report report) {
        return report.timeline().rows().stream().map(row -> row.phase()).toList();
    }

    final List<String> states() {
        return story.events.stream()
                .filter(DeployEvent.UnitChanged.class::isInstance)
                .map(event -> ((DeployEvent.UnitChanged) event).state())
                .distinct()
                .toList();
    }

    final <T> T look(Function<Deployer, T> question) {
        try (Deployer deployer = story.deployer()) {
            return question.apply(deployer);
        }
    }

    final Release.State stateOf(String id) {
        return look(deployer -> deployer.releases("containers")).stream()
                .filter(release -> release.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
