package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What others can build on: a new public type, or one that has gone, must be meant. */
class PublicApiTest {
    @Test
    void types_whenPublic_areThoseOfTheList() throws IOException {
        assertThat(visibleTypes()).containsExactlyElementsOf(listedTypes());
    }

    private static List<String> visibleTypes() {
        return StreamSupport.stream(Production.CLASSES.spliterator(), false)
                .filter(type -> !type.getPackageName().matches("io\\.deployflow(\\.ecs)?\\.internal(\\..*)?"))
                .filter(type -> !type.getPackageName().startsWith("io.deployflow.sandbox"))
                .filter(Production::isVisible)
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }

    private static List<String> listedTypes() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(PublicApiTest.class.getResourceAsStream("/public-api.txt"), "public-api.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
