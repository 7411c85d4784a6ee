package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadStartTest {
    private static final String TARGETS = """
            application: shop
            targets:
              one: { type: first }
              two: { type: second }
            """;

    private final List<String> prepared = new ArrayList<>();
    private final List<DeployAdapter<?>> adapters = List.of(new Adapter("first"), new Adapter("second"));

    @TempDir
    Path directory;

    private void prepare(String... words) {
        Path file = Path.of(DeployYml.write(directory, TARGETS));
        HeadStart.read(file, adapters).ifPresent(ahead -> HeadStart.prepare(List.of(words), ahead));
    }

    @Test
    void prepare_ofACommandThatAsksATarget_beginsWithThatOneOnly() {
        prepare("deploy", "two", "--dry-run", "-q", "-f", "deploy.yml");

        assertThat(prepared).containsExactly("second", "build of second");
    }

    @Test
    void prepare_ofABuild_beginsWithNothingElse() {
        prepare("build", "two", "--to", "tar");

        assertThat(prepared).containsExactly("build of second");
    }

    @Test
    void prepare_ofACommandThatBuildsNothing_beginsWithNoBuild() {
        prepare("status", "one");

        assertThat(prepared).containsExactly("first");
    }

    @Test
    void prepare_whereNothingIsAskedOfATarget_beginsWithNone() {
        prepare("deploy", "--help", "one");
        prepare("deploy", "one", "-h");
        prepare("deploy", "one", "-vh");
        prepare("deploy", "one", "-fother.yml");
        prepare("deploy", "one", "-vf", "other.yml");
        prepare("exec", "one", "--role", "web");
        prepare("build", "one", "--help");
        prepare("deploy", "three");
        prepare("deploy");

        assertThat(prepared).isEmpty();
    }

    @Test
    void run_ofACommandThatAsksATarget_opensTheTargetThatItHasBegunWith() {
        String file = DeployYml.write(directory, "application: shop\ntargets:\n  staging: { type: fake }\n");
        int before = FakeAdapter.TAKEN.get();

        assertThat(CliRun.piped().run("deploy", "staging", "--file", file)).isZero();

        assertThat(FakeAdapter.TAKEN).hasValue(before + 1);
    }

    @Test
    void of_theWordsFile_isReadWithAllAdapters() {
        String file = DeployYml.write(directory, "application: shop\ntargets:\n  staging: { type: fake }\n");

        HeadStart.Ahead ahead = HeadStart.of("plan", "staging", "--file", file)
                .of(Path.of(file))
                .orElseThrow();

        assertThat(ahead.deployFile().target("staging").settings()).isInstanceOf(FakeSettings.class);
        assertThat(ahead.adapters()).extracting(DeployAdapter::type).contains("fake", "ssh", "ecs");
    }

    @Test
    void of_whatCannotBeRead_isEmpty() {
        String mistaken = DeployYml.write(directory, "application: [\n");
        String missing = directory.resolve("missing.yml").toString();

        assertThat(HeadStart.of("plan", "one", "--file", mistaken).of(Path.of(mistaken)))
                .isEmpty();
        assertThat(HeadStart.of("plan", "one", "--file", missing).of(Path.of(missing)))
                .isEmpty();
    }

    @Test
    void of_anotherFileThanTheWordsSeemedToName_isEmpty() {
        String file = DeployYml.write(directory, "application: shop\ntargets:\n  staging: { type: fake }\n");

        assertThat(HeadStart.of("plan", "staging", "--file", file).of(Path.of("deploy.yml")))
                .isEmpty();
    }

    @Test
    void fileOf_findsTheFileThatTheWordsName() {
        assertThat(HeadStart.fileOf(List.of("deploy", "staging"))).isEqualTo("deploy.yml");
        assertThat(HeadStart.fileOf(List.of("deploy", "staging", "--file", "other.yml")))
                .isEqualTo("other.yml");
        assertThat(HeadStart.fileOf(List.of("deploy", "--file=other.yml", "staging")))
                .isEqualTo("other.yml");
        assertThat(HeadStart.fileOf(List.of("deploy", "-f", "other.yml", "staging")))
                .isEqualTo("other.yml");
        assertThat(HeadStart.fileOf(List.of("deploy", "staging", "-f"))).isEqualTo("deploy.yml");
    }

    private final class Adapter implements DeployAdapter<FakeSettings> {
        private final String type;

        Adapter(String type) {
            this.type = type;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public Class<FakeSettings> settings() {
            return FakeSettings.class;
        }

        @Override
        public void prepare(FakeSettings settings) {
            prepared.add(type);
        }

        @Override
        public void prepareBuild(FakeSettings settings) {
            prepared.add("build of " + type);
        }

        @Override
        public Pipeline<?, ?> open(FakeSettings settings, DeployContext context) {
            throw new UnsupportedOperationException(type);
        }
    }
}
