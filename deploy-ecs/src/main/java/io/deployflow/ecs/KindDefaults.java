package io.deployflow.ecs;

import io.deployflow.Manifest;
import io.deployflow.ecs.LayersSettings.Kind;
import io.deployflow.ecs.LayersSettings.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kind of application has where nothing else is set.
 *
 * @param directory where it comes to in the image
 * @param stack its layers, dependencies below what is written by hand
 * @param environment what lets it find its dependencies
 * @param command what starts it; none for the base image's
 */
record KindDefaults(String directory, List<Layer> stack, Map<String, String> environment, List<String> command) {
    private static final String DIRECTORY = "/app";
    private static final String DEPENDENCIES = "dependencies";
    private static final String APPLICATION = "app";
    /** By the base image's name: where its server looks for files. */
    private static final Map<String, String> DOCUMENT_ROOTS = Map.of(
            "nginx", "/usr/share/nginx/html",
            "httpd", "/usr/local/apache2/htdocs",
            "caddy", "/usr/share/caddy");

    KindDefaults {
        stack = List.copyOf(stack);
        environment = Map.copyOf(environment);
        command = List.copyOf(command);
    }

    /** Of a kind, or of the one that the files at the root tell. */
    static KindDefaults of(LayersSettings settings, Manifest source) {
        Set<String> names = source.entries().stream().map(Manifest.Entry::path).collect(Collectors.toSet());
        Kind kind = settings.kind() == Kind.AUTO ? detect(names) : settings.kind();
        return switch (kind) {
            case RUBY -> ruby(names::contains);
            case NODE -> node(names::contains);
            case PYTHON -> python(names::contains);
            case JAVA -> java();
            case STATIC, AUTO -> files(settings.base());
        };
    }

    private static Kind detect(Set<String> names) {
        if (names.contains("Gemfile")) {
            return Kind.RUBY;
        } else if (names.contains("pom.xml")) {
            return Kind.JAVA;
        } else if (names.contains("requirements.txt")) {
            return Kind.PYTHON;
        }
        return names.contains("package-lock.json") ? Kind.NODE : Kind.STATIC;
    }

    /** The gems are in the source already, or Bundler brings them. */
    private static KindDefaults ruby(Predicate<String> has) {
        List<String> prepare = has.test("vendor/bundle") || !has.test("Gemfile.lock")
                ? List.of()
                : List.of(
                        "bundle config set --local path vendor/bundle",
                        "bundle config set --local without development:test",
                        "bundle install --jobs 4");
        return new KindDefaults(
                DIRECTORY,
                List.of(
                        dependencies(
                                "vendor/bundle",
                                prepare,
                                Stream.of("Gemfile", "Gemfile.lock", ".ruby-version", "vendor/cache")),
                        application("log", "tmp", "vendor/bundle", ".bundle")),
                Map.of("BUNDLE_PATH", DIRECTORY + "/vendor/bundle", "BUNDLE_WITHOUT", "development:test"),
                List.of("bundle", "exec", "puma"));
    }

    private static KindDefaults node(Predicate<String> has) {
        List<String> prepare = has.test("node_modules") ? List.of() : List.of("npm ci --omit=dev --no-audit --no-fund");
        return new KindDefaults(
                DIRECTORY,
                List.of(
                        dependencies("node_modules", prepare, Stream.of("package.json", "package-lock.json", ".npmrc")),
                        application("node_modules")),
                Map.of("NODE_ENV", "production"),
                List.of("npm", "start"));
    }

    /** Compiled files would name the time of their sources, which is another one in the image. */
    private static KindDefaults python(Predicate<String> has) {
        String target = "vendor/python";
        List<String> prepare = has.test(target)
                ? List.of()
                : List.of("python3 -m pip install --quiet --no-compile --target " + target + " -r requirements.txt");
        return new KindDefaults(
                DIRECTORY,
                List.of(
                        dependencies(target, prepare, Stream.of("requirements.txt", "constraints.txt")),
                        application("**/__pycache__", ".venv", "venv", target)),
                Map.of("PYTHONPATH", DIRECTORY + "/" + target, "PYTHONDONTWRITEBYTECODE", "1"),
                List.of());
    }

    private static KindDefaults java() {
        return new KindDefaults(
                DIRECTORY,
                List.of(
                        new Layer(
                                DEPENDENCIES,
                                List.of("target/dependency/"),
                                Optional.of(DIRECTORY + "/lib"),
                                List.of(),
                                "0:0",
                                Map.of(),
                                false,
                                List.of("mvn -B -q dependency:copy-dependencies -DincludeScope=runtime"
                                        + " -DoutputDirectory=target/dependency"),
                                List.of("pom.xml")),
                        new Layer(
                                APPLICATION,
                                List.of("target/classes/"),
                                Optional.of(DIRECTORY + "/classes"),
                                List.of(),
                                "0:0",
                                Map.of(),
                                false,
                                List.of("mvn -B -q compile"),
                                List.of("pom.xml", "src/main"))),
                Map.of("CLASSPATH", DIRECTORY + "/classes:" + DIRECTORY + "/lib/*"),
                List.of());
    }

    /** What describes the deploy is nothing that a web server should give away. */
    private static KindDefaults files(String base) {
        String directory = DOCUMENT_ROOTS.entrySet().stream()
                .filter(entry -> base.matches("(.*/)?" + entry.getKey() + "([:@].*)?"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(DIRECTORY);
        return new KindDefaults(
                directory,
                List.of(application("**/.git*", ".docker*", "Dockerfile", "deploy.yml")),
                Map.of(),
                List.of());
    }

    private static Layer dependencies(String from, List<String> prepare, Stream<String> locks) {
        return new Layer(
                DEPENDENCIES,
                List.of(from),
                Optional.empty(),
                List.of(),
                "0:0",
                Map.of(),
                false,
                prepare,
                locks.toList());
    }

    private static Layer application(String... exclude) {
        return new Layer(
                APPLICATION,
                List.of("."),
                Optional.empty(),
                List.of(exclude),
                "0:0",
                Map.of(),
                true,
                List.of(),
                List.of());
    }
}
