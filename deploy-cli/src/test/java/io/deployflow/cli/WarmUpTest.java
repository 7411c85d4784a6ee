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

class WarmUpTest {
    private final List<String> warm = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void practise_warmsUpTheAdaptersOfTheTargetsOnly() {
        String file = DeployYml.write(directory, "application: shop\ntargets:\n  one: { type: warm }\n");

        WarmUp.practise(Path.of(file), List.of(new Adapter("warm"), new Adapter("cold")));

        assertThat(warm).containsExactly("warm");
    }

    @Test
    void practise_whenThereIsNoFile_doesNothing() {
        WarmUp.practise(directory.resolve("deploy.yml"), List.of(new Adapter("warm")));

        assertThat(warm).isEmpty();
    }

    @Test
    void fileOf_findsTheFileThatTheWordsName() {
        assertThat(WarmUp.fileOf("deploy", "staging")).isEqualTo("deploy.yml");
        assertThat(WarmUp.fileOf("deploy", "staging", "--file", "other.yml")).isEqualTo("other.yml");
        assertThat(WarmUp.fileOf("deploy", "--file=other.yml", "staging")).isEqualTo("other.yml");
        assertThat(WarmUp.fileOf("deploy", "-f", "other.yml", "staging")).isEqualTo("other.yml");
        assertThat(WarmUp.fileOf("deploy", "staging", "-f")).isEqualTo("deploy.yml");
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
        public void warmUp() {
            warm.add(type);
        }

        @Override
        public Pipeline<?, ?> open(FakeSettings settings, DeployContext context) {
            throw new UnsupportedOperationException(type);
        }
    }
}
