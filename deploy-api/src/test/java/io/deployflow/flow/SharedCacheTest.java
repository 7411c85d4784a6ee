package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two machines, each with caches of its own, and a place where they share them. */
@Timeout(120)
class SharedCacheTest {
    @TempDir
    private Path one;

    @TempDir
    private Path other;

    private static FlowProject machine(Path folder, String registry) {
        return new FlowProject(folder).commit("lock", "one\n").flow("""
                cache: { registry: %s, limit_mb: 1 }
                jobs:
                  build:
                    steps:
                      - restore_cache: { key: 'gems-{{ checksum "lock" }}', fallback: [gems-] }
                      - 'cat gems 2> /dev/null || echo cold; cp lock gems'
                      - save_cache: { key: 'gems-{{ checksum "lock" }}', paths: [gems] }
                """.formatted(registry));
    }

    @Test
    void cache_thatAnotherMachineSaved_isRestored_andKeptHereToo() {
        machine(one, "shared.test/gems").run().orThrow();
        FlowProject second = machine(other, "shared.test/gems");

        second.run().orThrow();

        assertThat(second.output("build"))
                .contains("one")
                .anyMatch(line -> line.matches("fetched gems-\\w+ from shared.test/gems, \\d+ bytes"))
                .anyMatch(line -> line.endsWith("is there already"))
                .noneMatch(line -> line.startsWith("shared it"));
        second.events.clear();
        second.run().orThrow();
        assertThat(second.output("build")).contains("one").noneMatch(line -> line.startsWith("fetched"));
    }

    @Test
    void cache_ofAnotherKey_isTheNewestOfBothPlaces_andTheNewOneIsShared() {
        FlowProject second = machine(other, "newest.test/gems");
        second.commit("lock", "two\n").run().orThrow();
        FlowProject first = machine(one, "newest.test/gems");
        first.run().orThrow();

        second.events.clear();
        second.commit("lock", "three\n").run().orThrow();

        assertThat(second.output("build")).contains("one", "shared it in newest.test/gems");
        assertThat(MemoryCacheStore.at("newest.test/gems")).hasSize(3);
    }

    @Test
    void cache_whenThePlaceCannotBeReached_isThatOfTheMachine() {
        FlowProject machine = machine(one, "broken.test/gems");
        machine.run().orThrow();
        assertThat(machine.output("build"))
                .contains(
                        "warning: the caches in broken.test/gems cannot be read: broken.test cannot be reached",
                        "warning: the caches in broken.test/gems cannot be written: broken.test cannot be reached",
                        "cold");

        machine.events.clear();
        machine.run().orThrow();
        assertThat(machine.output("build")).contains("one");
    }

    @Test
    void cache_whenItIsDamagedThere_isNotRestored() {
        machine(one, "damaged.test/gems").run().orThrow();
        MemoryCacheStore.damage("damaged.test/gems");
        FlowProject second = machine(other, "damaged.test/gems");

        second.run().orThrow();

        assertThat(second.output("build"))
                .contains("cold")
                .anyMatch(line -> line.endsWith("of damaged.test/gems is damaged"));
    }

    @Test
    void registry_withATag_isRefused() {
        FlowProject machine = machine(one, "shared.test/gems:latest");

        assertThatThrownBy(machine::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be HOST[:PORT]/PATH, without a tag");
    }
}
