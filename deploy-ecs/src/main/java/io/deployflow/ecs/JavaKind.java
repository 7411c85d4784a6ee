package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.ecs.LayersSettings.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Maven project of one module has by default: its dependencies below its own classes. */
final class JavaKind {
    /** What no Java build reads: a change of it is no reason to compile. */
    private static final String NOT_COMPILED = "src|target|\\.(git|docker|idea|vscode|editorconfig).*|.*\\.(md|adoc)"
            + "|(LICENSE|NOTICE|Dockerfile).*|Procfile|deploy\\.yml";

    private static final String TESTS = "src/(test|it)";

    private JavaKind() {}

    /**
     * For a source.
     *
     * @param isOwnStack whether other layers are made than these
     * @throws BuildException if these cannot be made
     */
    static KindDefaults defaults(SourceFiles source, String directory, boolean isOwnStack) {
        if (!isOwnStack) {
            requireOneModule(source);
        }
        String maven = source.has("mvnw") ? "sh ./mvnw -B -q " : "mvn -B -q ";
        return new KindDefaults(
                directory,
                List.of(
                        new Layer(
                                KindDefaults.DEPENDENCIES,
                                List.of("target/image/"),
                                Optional.of(directory),
                                List.of(),
                                "0:0",
                                Map.of(),
                                false,
                                List.of(
                                        maven + "dependency:copy-dependencies -DincludeScope=runtime"
                                                + " -DoutputDirectory=target/image/lib",
                                        "mkdir -p target/image/lib"),
                                List.of(Pom.FILE, ".mvn", "mvnw")),
                        new Layer(
                                KindDefaults.APPLICATION,
                                List.of("target/classes/"),
                                Optional.of(directory + "/classes"),
                                List.of(),
                                "0:0",
                                Map.of(),
                                false,
                                List.of(maven + "compile"),
                                compiled(source))),
                Map.of("CLASSPATH", directory + "/classes:" + directory + "/lib/*"),
                List.of(),
                Start.NOTHING,
                List.of());
    }

    /** All that a build may read: what is compiled is not always below {@code src/main}. */
    private static List<String> compiled(SourceFiles source) {
        List<String> locks = new ArrayList<>(List.of(Pom.FILE));
        source.in("")
                .filter(name -> !name.matches(NOT_COMPILED) && !name.equals(Pom.FILE))
                .forEach(locks::add);
        source.in("src").filter(name -> !name.matches(TESTS)).forEach(locks::add);
        return locks;
    }

    private static void requireOneModule(SourceFiles source) {
        String remedy = "Set 'image.layers.stack' and 'command': a layer's 'prepare' may be any build, its 'locks' all"
                + " that it reads.";
        if (!source.has(Pom.FILE)) {
            throw new BuildException(
                    "the layers of 'kind: java' are made by Maven, and there is no pom.xml at the root of the source",
                    remedy);
        }
        if (source.text(Pom.FILE)
                .flatMap(Pom::parse)
                .filter(pom -> pom.packaging().equals("pom"))
                .isPresent()) {
            throw new BuildException(
                    "the layers of 'kind: java' are those of one module, and pom.xml has packaging 'pom': it is for"
                            + " several",
                    remedy);
        }
    }
}
