package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.deployflow.ecs.LayersSettings.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds in the source what an application is started with; what nothing tells is not guessed. */
final class KindStart {
    private static final String NO_WEB = "there is no Procfile with a line 'web'";
    /** A line of the gems that are locked, or one that asks for it. */
    private static final Pattern PUMA =
            Pattern.compile("^( {4}puma \\(|\\s*gem[ (]+['\"]puma['\"])", Pattern.MULTILINE);

    private KindStart() {}

    /** Of an application whose layers are the kind's own, or not. */
    static Start of(Kind kind, SourceFiles files, boolean isOwnStack) {
        return switch (kind) {
            case RUBY -> web(files, () -> ruby(files));
            case NODE -> web(files, () -> node(files));
            case PYTHON -> web(files, () -> Start.unknown(NO_WEB, "[gunicorn, \"app:app\"]"));
            // A Procfile names what 'mvn package' makes, and that is in none of the kind's layers.
            case JAVA ->
                isOwnStack
                        ? Start.unknown("what a 'stack' of its own starts with is not known", "[java, -jar, app.jar]")
                        : JavaStart.of(files);
            case STATIC, AUTO ->
                Start.unknown("files alone start nothing", "[bin/serve], or take a web server for 'base'");
        };
    }

    private static Start web(SourceFiles files, Supplier<Start> otherwise) {
        return files.text(Procfile.FILE)
                .flatMap(Procfile::web)
                .map(command -> Start.with(command, "as the Procfile has it"))
                .orElseGet(otherwise);
    }

    private static Start ruby(SourceFiles files) {
        String list = files.has("Gemfile.lock") ? "Gemfile.lock" : "Gemfile";
        Optional<String> gems = files.text(list);
        return gems.filter(text -> PUMA.matcher(text).find()).isPresent()
                ? Start.with(List.of("bundle", "exec", "puma"), list + " has puma")
                : Start.unknown(NO_WEB + ", and " + list + " has no puma", "[bundle, exec, rackup, -o, 0.0.0.0]");
    }

    /**
     * The script's own command: npm's shell ends when it is told to, and the application below it is killed without
     * having heard of it. Without a script npm would look for a file of this name.
     */
    private static Start node(SourceFiles files) {
        JsonNode scripts = files.text("package.json")
                .map(NodeKind::json)
                .orElse(MissingNode.getInstance())
                .path("scripts");
        String script = scripts.path("start").asText();
        if (script.isBlank()) {
            return files.has("server.js")
                    ? Start.with(List.of("node", "server.js"), "the source has server.js")
                    : Start.unknown(NO_WEB + ", and package.json has no script 'start'", "[node, index.js]");
        }
        boolean needsNpm = scripts.has("prestart") || scripts.has("poststart") || script.contains("npm_");
        return Start.with(
                needsNpm ? List.of("npm", "start") : Start.words(script.strip()),
                "as package.json has it in its script 'start'");
    }
}
