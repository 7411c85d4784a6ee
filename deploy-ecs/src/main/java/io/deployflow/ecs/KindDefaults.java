package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.ecs.LayersSettings.Kind;
import io.deployflow.ecs.LayersSettings.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kind of application has where nothing else is set.
 *
 * @param directory where it comes to in the image
 * @param stack its layers, dependencies below what is written by hand
 * @param environment what lets it find its dependencies
 * @param path directories of its programs in the image
 * @param start what starts it
 * @param warnings about a source that the kind does not quite cover
 */
record KindDefaults(
        String directory,
        List<Layer> stack,
        Map<String, String> environment,
        List<String> path,
        Start start,
        List<String> warnings) {
    private static final String DIRECTORY = "/app";
    static final String DEPENDENCIES = "dependencies";
    static final String APPLICATION = "app";
    /** By the base image's name: where its server looks for files. */
    private static final Map<String, String> DOCUMENT_ROOTS = Map.of(
            "nginx", "/usr/share/nginx/html",
            "httpd", "/usr/local/apache2/htdocs",
            "caddy", "/usr/share/caddy");

    /** What describes applications that no kind is for. */
    private static final String OF_NO_KIND = "build\\.gradle(\\.kts)?|pyproject\\.toml|Pipfile|setup\\.py|yarn\\.lock"
            + "|pnpm-lock\\.yaml|bun\\.lockb?|gems\\.rb|go\\.mod|Cargo\\.toml|mix\\.exs|composer\\.json|build\\.sbt";

    /** Tells asdf and mise which versions of languages and tools are to be run. */
    static final String TOOL_VERSIONS = ".tool-versions";

    /** Bundler writes programs for the name that Ruby has here, such as Debian's ruby3.1; others call it ruby. */
    private static final String PLAIN_BINSTUBS = "ruby -e \"Dir['%s/*/*/bin/*'].each { |f| File.binwrite(f,"
            + " File.binread(f).sub(/\\A#!.*ruby.*/, '#!/usr/bin/env ruby')) }\"";

    /**
     * pip writes scripts for the Python that it runs with; in the image that is elsewhere. Where its path is long or
     * has a space they are the shell's.
     */
    private static final String PLAIN_SCRIPTS = "python3 -c \"import pathlib, re; [p.write_bytes(re.sub("
            + "rb'\\A#!(?:/bin/sh\\n\\x27{3}exec\\x27.*\\n\\x27 \\x27{3}|.*python.*)',"
            + " b'#!/usr/bin/env python3', p.read_bytes())) for p in"
            + " pathlib.Path('%s/bin').glob('*') if p.is_file()]\"";

    KindDefaults {
        stack = List.copyOf(stack);
        environment = Map.copyOf(environment);
        path = List.copyOf(path);
        warnings = List.copyOf(warnings);
    }

    /**
     * Of a kind, or of the one that the files at the root tell.
     *
     * @throws BuildException if the kind's layers cannot be made of this source
     */
    static KindDefaults of(LayersSettings settings, SourceFiles source) {
        Kind kind = settings.kind() == Kind.AUTO ? detect(source) : settings.kind();
        boolean isOwnStack = !settings.stack().isEmpty();
        String directory = settings.directory().orElse(DIRECTORY);
        KindDefaults defaults = switch (kind) {
            case RUBY -> ruby(source, directory);
            case NODE -> NodeKind.defaults(source, directory);
            case PYTHON -> python(source, directory);
            case JAVA -> JavaKind.defaults(source, directory, isOwnStack);
            case STATIC, AUTO -> files(settings.base());
        };
        List<String> warnings =
                settings.kind() == Kind.AUTO && kind == Kind.STATIC ? ofNoKind(source) : defaults.warnings();
        Start start = settings.saysWhatStarts() ? Start.NOTHING : KindStart.of(kind, source, isOwnStack);
        return new KindDefaults(
                defaults.directory(),
                defaults.stack(),
                withPort(defaults.environment(), start, settings),
                defaults.path(),
                start,
                isOwnStack ? List.of() : warnings);
    }

    private static Kind detect(SourceFiles source) {
        if (source.has("Gemfile")) {
            return Kind.RUBY;
        } else if (source.has(Pom.FILE)) {
            return Kind.JAVA;
        } else if (source.has(Requirements.FILE)) {
            return Kind.PYTHON;
        }
        return source.has(NodeKind.LOCK) ? Kind.NODE : Kind.STATIC;
    }

    private static List<String> ofNoKind(SourceFiles source) {
        String found = source.in("").filter(name -> name.matches(OF_NO_KIND)).collect(Collectors.joining(", "));
        return found.isEmpty()
                ? List.of()
                : List.of(
                        "the source is taken for files of a web server, as they are: there are no defaults for what has "
                                + found
                                + ". Set 'image.layers.stack' and 'command', or 'kind: static' if it is as it should be");
    }

    /** A command of a Procfile expects to be told its port. */
    private static Map<String, String> withPort(Map<String, String> environment, Start start, LayersSettings settings) {
        Map<String, String> variables = new HashMap<>(environment);
        if (start.wantsPort() && settings.ports().size() == 1) {
            variables.put(Start.PORT, settings.ports().get(0).replaceFirst("/.*", ""));
        }
        return variables;
    }

    /**
     * The gems are in the source already, or Bundler brings them: those of the lock file and no others, because it is
     * the source's lock file that comes into the image.
     */
    private static KindDefaults ruby(SourceFiles source, String directory) {
        String target = "vendor/bundle";
        boolean isThere = source.has(target);
        boolean isLocked = source.has("Gemfile.lock");
        List<String> prepare = isThere || !isLocked
                ? List.of()
                : List.of(
                        "bundle config set --local path " + target,
                        "bundle config set --local without development:test",
                        "bundle config set --local frozen true",
                        "bundle install --jobs 4",
                        PLAIN_BINSTUBS.formatted(target));
        return new KindDefaults(
                directory,
                List.of(
                        dependencies(
                                List.of(target),
                                // What was downloaded, and the histories of gems that come from git.
                                List.of(target + "/*/*/cache", target + "/*/*/bundler/gems/*/.git"),
                                prepare,
                                Stream.of(
                                        "Gemfile",
                                        "Gemfile.lock",
                                        ".ruby-version",
                                        TOOL_VERSIONS,
                                        ".bundle",
                                        "vendor/cache")),
                        application(List.of("log", "tmp", target, ".bundle"))),
                Map.of("BUNDLE_PATH", directory + "/" + target, "BUNDLE_WITHOUT", "development:test"),
                List.of(),
                Start.NOTHING,
                isThere || isLocked
                        ? List.of()
                        : List.of("no gems come into the image: there is neither Gemfile.lock nor vendor/bundle in the"
                                + " source. Commit Gemfile.lock"));
    }

    /** Compiled files would name the time of their sources, which is another one in the image. */
    private static KindDefaults python(SourceFiles source, String directory) {
        String target = "vendor/python";
        List<String> prepare = source.has(target) || !source.has(Requirements.FILE)
                ? List.of()
                : List.of(
                        "mkdir -p " + target,
                        "python3 -m pip install --quiet --no-compile --target " + target + " -r " + Requirements.FILE,
                        PLAIN_SCRIPTS.formatted(target));
        return new KindDefaults(
                directory,
                List.of(
                        dependencies(
                                List.of(target),
                                List.of(),
                                prepare,
                                Stream.concat(
                                        Requirements.files(source).stream(),
                                        Stream.of(".python-version", TOOL_VERSIONS))),
                        application(List.of("**/__pycache__", ".venv", "venv", target))),
                Map.of("PYTHONPATH", directory + "/" + target, "PYTHONDONTWRITEBYTECODE", "1"),
                List.of(directory + "/" + target + "/bin"),
                Start.NOTHING,
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
                List.of(application(List.of("**/.git*", ".docker*", "Dockerfile", "deploy.yml"))),
                Map.of(),
                List.of(),
                Start.NOTHING,
                List.of());
    }

    /**
     * The layer of what the application depends on.
     *
     * @param from where it is
     * @param exclude what of it is not needed
     * @param prepare the commands that bring it
     * @param locks what these depend on
     */
    static Layer dependencies(List<String> from, List<String> exclude, List<String> prepare, Stream<String> locks) {
        return new Layer(
                DEPENDENCIES, from, Optional.empty(), exclude, "0:0", Map.of(), false, prepare, locks.toList());
    }

    /** The layer of everything else. */
    static Layer application(List<String> exclude) {
        return new Layer(
                APPLICATION, List.of("."), Optional.empty(), exclude, "0:0", Map.of(), true, List.of(), List.of());
    }
}
