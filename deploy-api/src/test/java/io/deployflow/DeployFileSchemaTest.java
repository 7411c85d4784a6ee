package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.internal.config.FakeAdapters;
import io.deployflow.spi.DeployAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeployFileSchemaTest {

    @Test
    void schema_whenThereAreTwoAdapters_hasABranchForEachType() throws IOException {
        assertThat(DeployFile.schema(FakeAdapters.ALL)).isEqualTo(resource("fake-adapters.schema.json"));
    }

    @Test
    void schema_whenAdaptersComeInAnotherOrder_isTheSame() {
        List<DeployAdapter<?>> reversed = new ArrayList<>(FakeAdapters.ALL);
        Collections.reverse(reversed);

        assertThat(DeployFile.schema(reversed)).isEqualTo(DeployFile.schema(FakeAdapters.ALL));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(DeployFileSchemaTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
