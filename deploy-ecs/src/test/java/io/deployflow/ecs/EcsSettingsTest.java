package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Secret;
import io.deployflow.spi.InvalidSettingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcsSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "App", "host:5000/app", "app:1", "app@sha256:ab", "/app"})
    void image_withMoreOrLessThanARepositoryName_isRefused(String repository) {
        assertThatThrownBy(() -> ImageSettings.of(repository))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        failure -> assertThat(failure.key()).isEqualTo("repository"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{sha}", "a b", ".x"})
    void image_withATagThatIsNone_isRefused(String tag) {
        assertThatThrownBy(() -> image(Optional.empty(), Optional.empty(), Optional.empty(), tag))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        failure -> assertThat(failure.key()).isEqualTo("tag"));
    }

    @Test
    void image_withAUsernameAlone_asksForThePassword() {
        assertThatThrownBy(() -> image(Optional.of("host:5000"), Optional.of("bob"), Optional.empty(), "1"))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        failure -> assertThat(failure.key()).isEqualTo("password"));
    }

    @Test
    void image_neverPrintsItsPassword() {
        assertThat(image(Optional.of("host:5000"), Optional.of("bob"), Optional.of(Secret.of("hunter2")), "1"))
                .asString()
                .doesNotContain("hunter2");
    }

    private static ImageSettings image(
            Optional<String> registry, Optional<String> username, Optional<Secret> password, String tag) {
        return new ImageSettings(
                "app",
                registry,
                username,
                password,
                ImageSettings.Builder.DOCKERFILE,
                Path.of("Dockerfile"),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                tag);
    }
}
