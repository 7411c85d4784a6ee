package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TryComparisonTest {
    @Test
    void words_whenClientsAskSeveralAddresses_nameEach() {
        Map<String, List<URI>> clients = Map.of("hosts", List.of(URI.create("http://a/"), URI.create("http://b/")));

        assertThat(new TryComparison(Path.of("bin/deployflow"), Path.of("deploy.yml"), clients, Path.of("made"), true)
                        .words())
                .startsWith("bin/deployflow", "compare", "containers", "hosts", "--file", "deploy.yml", "--yes")
                .containsSequence("--client", "hosts=http://a/", "--client", "hosts=http://b/")
                .endsWith("--open");
    }
}
