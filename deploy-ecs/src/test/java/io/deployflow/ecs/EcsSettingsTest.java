package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
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

    @Test
    void services_areNamesOrMaps() {
        EcsSettings settings = SettingsText.of("services: [web, { service: worker, container: app }]");

        assertThat(settings.members())
                .containsExactly(
                        new EcsSettings.Member("web", Optional.empty()),
                        new EcsSettings.Member("worker", Optional.of("app")));
        assertThat(settings.isSeveral()).isTrue();
    }

    @Test
    void service_isTheOneMember() {
        EcsSettings settings = SettingsText.of("container: app");

        assertThat(settings.members()).containsExactly(new EcsSettings.Member("puma", Optional.of("app")));
        assertThat(settings.isSeveral()).isFalse();
    }

    @Test
    void services_thatContradict_areRefused() {
        refused("is missing", "services: []");
        refused("cannot stand beside 'services'", "services: [web]", "service: puma");
        refused("must not name a service twice", "services: [web, web]");
        refused("is given with each of the 'services'", "services: [web]", "container: app");
    }

    private static void refused(String problem, String... keys) {
        assertThatThrownBy(() -> SettingsText.of(keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
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
                Optional.empty(),
                tag);
    }
}
