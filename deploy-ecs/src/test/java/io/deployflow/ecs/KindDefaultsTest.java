package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindDefaultsTest {
    @ParameterizedTest
    @CsvSource({
        "Gemfile Gemfile.lock, vendor/bundle",
        "pom.xml, target/dependency/",
        "requirements.txt, vendor/python",
        "package.json package-lock.json, node_modules",
        "index.html, ."
    })
    void kind_isToldByTheFilesAtTheRoot(String files, String lowest) {
        KindDefaults defaults = KindDefaults.of(LayersSettings.of("base"), tree(files.split(" ")));

        assertThat(defaults.stack().get(0).from()).containsExactly(lowest);
    }

    @Test
    void gems_thatAreInTheSource_areNotMadeAgain() {
        KindDefaults defaults =
                KindDefaults.of(LayersSettings.of("ruby:3.3"), tree("Gemfile", "Gemfile.lock", "vendor/bundle"));

        assertThat(defaults.stack().get(0).prepare()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nginx, /usr/share/nginx/html", "registry.example.com/httpd:2.4, /usr/local/apache2/htdocs", "x, /app"})
    void files_comeToWhereTheServerLooks(String base, String directory) {
        assertThat(KindDefaults.of(LayersSettings.of(base), tree("index.html")).directory())
                .isEqualTo(directory);
    }

    @Test
    void prepared_isKnownByItsLockFiles() {
        LayersSettings image = LayersSettings.of("x");
        LayersSettings.Layer layer =
                KindDefaults.of(image, tree("package-lock.json")).stack().get(0);
        Manifest before = new Manifest(List.of(entry("app.js", "1"), entry("package-lock.json", "1")));
        Manifest other = new Manifest(List.of(entry("app.js", "2"), entry("package-lock.json", "1")));
        Manifest locked = new Manifest(List.of(entry("app.js", "1"), entry("package-lock.json", "2")));

        assertThat(PrepareKey.of(layer, image, "/app", other)).isEqualTo(PrepareKey.of(layer, image, "/app", before));
        assertThat(PrepareKey.of(layer, image, "/app", locked))
                .isNotEqualTo(PrepareKey.of(layer, image, "/app", before));
    }

    @Test
    void prepared_isKnownByTheBaseImageAndThePlatformsThatItIsFor() {
        Manifest source = new Manifest(List.of(entry("package-lock.json", "1")));

        assertThat(Stream.of(
                                "base: 'ruby:3.3'",
                                "base: 'ruby:3.4'",
                                "base: 'ruby:3.3', platforms: [linux/amd64]",
                                "base: 'ruby:3.3', platforms: [linux/amd64, linux/arm64]")
                        .map(KindDefaultsTest::prepared)
                        .map(image -> PrepareKey.of(image.stack().get(0), image, "/app", source)))
                .doesNotHaveDuplicates();
    }

    private static LayersSettings prepared(String image) {
        return SettingsText.of("image: { repository: app, build: layers, layers: { " + image
                        + ", stack: [{ name: a, from: [a], prepare: [make], locks: [package-lock.json] }] } }")
                .image()
                .layers()
                .orElseThrow();
    }

    @Test
    void layers_withoutTheirSettings_areAskedFor() {
        assertThatThrownBy(() -> SettingsText.of("image: { repository: app, build: layers }"))
                .hasMessageContaining("with a 'base' at least");
        assertThatThrownBy(() -> SettingsText.of(
                        "image: { repository: app, build: layers, layers: { base: x, stack: [{ name: a, from: [a],"
                                + " to: /lib }] } }"))
                .hasMessageContaining("is a link in many base images");
    }

    @Test
    void layer_ofCommands_isNotDivided() {
        assertThatThrownBy(() -> SettingsText.of(
                        "image: { repository: app, build: layers, layers: { base: x, stack: [{ name: a, from: [a],"
                                + " prepare: [make], locks: [a.lock], split: true }] } }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(".yml:8:")
                .hasMessageContaining("'split' is not for a layer that 'prepare' makes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@sha256:oops", "x:1@sha256:/etc/passwd", "x@", ":1"})
    void base_thatIsNoImage_isAMistakeInTheFile(String base) {
        assertThatThrownBy(() ->
                        SettingsText.of("image: { repository: app, build: layers, layers: { base: '" + base + "' } }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'base' must be an image such as ruby:3.3");
    }

    private static Manifest tree(String... paths) {
        return new Manifest(Stream.of(paths).map(path -> entry(path, "0")).toList());
    }

    private static Entry entry(String path, String digest) {
        return new Entry(path, Kind.FILE, 0644, 1, digest);
    }
}
