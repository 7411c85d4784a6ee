package io.deployflow.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EngineIT {
    private static final String ID = "it-" + UUID.randomUUID();

    @Test
    void removeLeftovers_whenTheOwnerDied_removesItsContainersAndNoOthers() {
        try (Engine engine = Engine.connect(ID)) {
            String image = new ImageStore(engine).ensure(SandboxImage.PLACEHOLDER);
            RunningContainer alive = engine.run(new ContainerSettings("alive", image, Map.of(), List.of(), false));
            Owner self = Owner.thisProcess();
            String dead = create(engine, image, new Owner(self.machine(), self.pid(), self.started() - 1).label());
            String elsewhere = create(engine, image, new Owner("elsewhere", 1, 1).label());

            engine.removeLeftovers();

            assertThat(names(engine)).contains(alive.name(), elsewhere).doesNotContain(dead);
        }
    }

    @Test
    void run_whenClosed_isRefused() {
        Engine engine = Engine.connect(ID);
        engine.close();
        engine.close();

        assertThatThrownBy(() -> engine.run(new ContainerSettings("late", "debian", Map.of(), List.of(), false)))
                .hasMessageContaining("closed");
    }

    private static String create(Engine engine, String image, String owner) {
        String name = ID + "-" + UUID.randomUUID();
        engine.client()
                .createContainerCmd(image)
                .withName(name)
                .withLabels(Map.of(Engine.LABEL, ID, Engine.LABEL + ".owner", owner))
                .exec();
        return name;
    }

    private static List<String> names(Engine engine) {
        return engine.client().listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> container.getNames()[0].substring(1))
                .toList();
    }
}
