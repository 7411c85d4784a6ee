package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ConfigurationException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.ecs.LayersSettings.Layer;
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
        "pom.xml, target/image/",
        "requirements.txt, vendor/python",
        "package.json package-lock.json, node_modules",
        "index.html, ."
    })
    void kind_isToldByTheFilesAtTheRoot(String files, String lowest) {
        KindDefaults defaults = KindDefaults.of(LayersSettings.of("base"), Sources.of(files.split(" ")));

        assertThat(defaults.stack().get(0).from()).containsExactly(lowest);
    }

    @Test
    void gems_thatAreInTheSource_areNotMadeAgain() {
        KindDefaults defaults =
                KindDefaults.of(LayersSettings.of("ruby:3.3"), Sources.of("Gemfile", "Gemfile.lock", "vendor/bundle"));

        assertThat(defaults.stack().get(0).prepare()).isEmpty();
    }

    @Test
    void gems_areThoseOfTheLock_withoutWhatOnlyInstallingNeeds() {
        Layer gems = dependencies("Gemfile", "Gemfile.lock");

        assertThat(gems.prepare()).contains("bundle config set --local frozen true");
        assertThat(gems.exclude()).contains("vendor/bundle/*/*/cache");
    }

    /** Debian's Ruby is called ruby3.1 in the programs that it installs. */
    @ParameterizedTest
    @ValueSource(strings = {"#!/usr/bin/env ruby3.1", "#!/opt/ruby/bin/ruby -w", "#!/usr/bin/env ruby"})
    void programsOfGems_startWithTheRubyOfTheImage(String line) {
        assertThat(rewritten(line + "\n#\n# of RubyGems\n", dependencies("Gemfile", "Gemfile.lock"), "sub\\(/"))
                .isEqualTo("#!env\n#\n# of RubyGems\n");
    }

    /** As pip writes it, and where that would be too long for a line of this kind, or has a space in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/usr/bin/python3.11",
                "#!/bin/sh\n'''exec' /very/long/bin/python3 \"$0\" \"$@\"\n' '''",
                "#!/bin/sh\n'''exec' \"/a path/bin/python3\" \"$0\" \"$@\"\n' '''"
            })
    void programsOfPython_startWithThePythonOfTheImage(String lines) {
        assertThat(rewritten(lines + "\n# -*- coding: utf-8 -*-\n", dependencies("requirements.txt"), "rb'"))
                .isEqualTo("#!env\n# -*- coding: utf-8 -*-\n");
        assertThat(rewritten("#!/bin/sh\nexec true\n", dependencies("requirements.txt"), "rb'"))
                .isEqualTo("#!/bin/sh\nexec true\n");
    }

    /** What the last command's expression, which stands behind a mark, makes of a program. */
    private static String rewritten(String program, Layer layer, String mark) {
        String command = layer.prepare().get(layer.prepare().size() - 1);
        String expression = command.replaceFirst("(?s)^.*?" + mark, "").replaceFirst("[/'], .*", "");
        return program.replaceFirst(expression, "#!env");
    }

    private static Layer dependencies(String... files) {
        return defaults("", files).stack().get(0);
    }

    @Test
    void packagesBelowAWorkspace_comeIntoTheImageToo() {
        String lock = """
                package-lock.json={"packages": {"": {}, "node_modules/ms": {}, "node_modules/@x/a": {"link": true},
                 "node_modules/ms/node_modules/b": {}, "packages/a": {}, "packages/a/node_modules/ms": {},
                 "packages/a/node_modules/@y/z/node_modules/ms": {}, "packages/b c/node_modules/ms": {},
                 "../out/node_modules/ms": {}}}""";
        KindDefaults workspaces = defaults("", lock, "package.json={}");

        List<String> everywhere = List.of("node_modules", "packages/a/node_modules", "packages/b c/node_modules");
        assertThat(workspaces.stack().get(0).from()).isEqualTo(everywhere);
        assertThat(workspaces.stack().get(0).prepare())
                .endsWith("mkdir -p 'node_modules' 'packages/a/node_modules' 'packages/b c/node_modules'");
        assertThat(workspaces.stack().get(1).exclude()).isEqualTo(everywhere);
        assertThat(dependencies("package-lock.json={ no json").from()).containsExactly("node_modules");
    }

    @ParameterizedTest
    @CsvSource({
        "Gemfile Gemfile.lock, .ruby-version .tool-versions .bundle",
        "requirements.txt, .python-version .tool-versions",
        "package-lock.json, .node-version .tool-versions"
    })
    void dependencies_areMadeAnewForAnotherVersionOfTheLanguage(String files, String locks) {
        assertThat(dependencies(files.split(" ")).locks()).contains(locks.split(" "));
    }

    @Test
    void directory_ofOnesOwn_isWhereDependenciesAreLookedForToo() {
        assertThat(defaults("directory: /srv", "Gemfile", "Gemfile.lock").environment())
                .containsEntry("BUNDLE_PATH", "/srv/vendor/bundle");
        assertThat(defaults("directory: /srv", "requirements.txt").path()).containsExactly("/srv/vendor/python/bin");
        KindDefaults java = defaults("directory: /srv", "pom.xml=<project/>");
        assertThat(java.environment()).containsEntry("CLASSPATH", "/srv/classes:/srv/lib/*");
        assertThat(java.stack().stream().flatMap(layer -> layer.to().stream())).containsExactly("/srv", "/srv/classes");
    }

    @Test
    void modules_ofMaven_andBuildsWithoutIt_areAMistakeThatSaysWhatToSet() {
        assertThatThrownBy(() -> defaults("", "pom.xml=<project><packaging>pom</packaging></project>"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("those of one module, and pom.xml has packaging 'pom'");
        assertThatThrownBy(() -> defaults("kind: java", "build.gradle"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("there is no pom.xml");
        assertThat(defaults("stack: [{ name: a, from: [a] }]", "pom.xml=<project><packaging>pom</packaging></project>")
                        .start()
                        .command())
                .isEmpty();
    }

    @Test
    void mavenOfTheProject_isTaken() {
        assertThat(defaults("", "pom.xml=<project/>", "mvnw").stack().get(1).prepare())
                .containsExactly("sh ./mvnw -B -q compile");
    }

    @Test
    void classes_areMadeAnewForAllThatABuildMayRead_andNotForTests() {
        assertThat(defaults(
                                "",
                                "pom.xml=<project/>",
                                "api.yaml",
                                "README.md",
                                "deploy.yml",
                                "src",
                                "src/main",
                                "src/gen",
                                "src/test",
                                ".mvn",
                                ".gitignore")
                        .stack()
                        .get(1)
                        .locks())
                .containsExactly("pom.xml", ".mvn", "api.yaml", "src/gen", "src/main");
    }

    @Test
    void requirements_thatNameFiles_areKnownByThoseToo() {
        assertThat(defaults(
                                "",
                                "requirements.txt=-r requirements/base.txt\n--find-links=wheels # own\nflask==3.0\n",
                                "requirements/base.txt=-c limits.txt\n./lib/shop[all]\n-rmore.txt\nflask\nhttps://x.org/a.zip\n",
                                "requirements/limits.txt",
                                "requirements/more.txt=pkg @ file:pkg.whl\n-e .\n",
                                "pkg.whl",
                                "flask",
                                "wheels",
                                "lib/shop")
                        .stack()
                        .get(0)
                        .locks())
                .containsExactlyInAnyOrder(
                        "requirements.txt",
                        "requirements/base.txt",
                        "wheels",
                        "requirements/limits.txt",
                        "lib/shop",
                        "requirements/more.txt",
                        "pkg.whl",
                        ".",
                        ".python-version",
                        ".tool-versions");
    }

    @Test
    void source_ofNoKind_isTakenForFilesWithAWarning() {
        assertThat(defaults("", "build.gradle.kts", "index.html").warnings())
                .singleElement()
                .asString()
                .contains("no defaults for what has build.gradle.kts");
        assertThat(defaults("kind: static", "build.gradle.kts").warnings()).isEmpty();
        assertThat(defaults("stack: [{ name: a, from: [a] }]", "build.gradle.kts")
                        .warnings())
                .isEmpty();
        assertThat(defaults("", "index.html").warnings()).isEmpty();
    }

    @Test
    void gems_thatNothingLocks_areWarnedOf() {
        assertThat(defaults("", "Gemfile").warnings())
                .singleElement()
                .asString()
                .contains("Commit Gemfile.lock");
        assertThat(defaults("", "Gemfile", "vendor/bundle").warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gemfile.lock", "./Gemfile.lock", ".", "config", "config/", "caf\u00e9"})
    void lock_inEachSpelling_changesTheKey(String lock) {
        LayersSettings image = SettingsText.of("image: { repository: app, build: layers, layers: { base: x, stack: ["
                        + "{ name: a, from: [a], prepare: [make], locks: ['" + lock + "'] }] } }")
                .image()
                .layers()
                .orElseThrow();

        assertThat(Stream.of("1", "2")
                        .map(digest -> PrepareKey.of(
                                image.stack().get(0),
                                image,
                                "/app",
                                new Manifest(List.of(
                                        entry("Gemfile.lock", digest),
                                        entry("config/a", digest),
                                        entry("caf\u00c3\u00a9", digest))))))
                .doesNotHaveDuplicates();
    }

    private static KindDefaults defaults(String more, String... files) {
        return KindDefaults.of(KindStartTest.settings(more), Sources.of(files));
    }

    @ParameterizedTest
    @CsvSource({"nginx, /usr/share/nginx/html", "registry.example.com/httpd:2.4, /usr/local/apache2/htdocs", "x, /app"})
    void files_comeToWhereTheServerLooks(String base, String directory) {
        assertThat(KindDefaults.of(LayersSettings.of(base), Sources.of("index.html"))
                        .directory())
                .isEqualTo(directory);
    }

    @Test
    void prepared_isKnownByItsLockFiles() {
        LayersSettings image = LayersSettings.of("x");
        Layer layer =
                KindDefaults.of(image, Sources.of("package-lock.json")).stack().get(0);
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
        assertThatThrownBy(() -> KindStartTest.settings("directory: /lib/app"))
                .hasMessageContaining("'directory' is a link in many base images");
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

    private static Entry entry(String path, String digest) {
        return new Entry(path, Kind.FILE, 0644, 1, digest);
    }
}
