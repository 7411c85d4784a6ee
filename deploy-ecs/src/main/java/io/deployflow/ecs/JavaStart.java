package io.deployflow.ecs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the class that a Maven project starts with: the one that its {@code pom.xml} names, else the only one of its
 * sources that can be started, or that Spring Boot starts. Of several none is taken.
 */
final class JavaStart {
    private static final String SOURCES = "src/main/java/";
    private static final String SUFFIX = ".java";
    private static final String EXAMPLE = "[java, com.example.Main]";
    private static final int SHOWN = 4;

    // Not in a line of a comment.
    private static final String IN_CODE = "^(?![ \\t]*(?:\\*|//|/\\*))[^\\n]*";
    private static final Pattern MAIN = Pattern.compile(
            IN_CODE + "\\b(?:public\\s+static|static\\s+public)\\s+(?:final\\s+)?void\\s+main\\s*\\(\\s*(?:final\\s+)?"
                    + "(?:java\\.lang\\.)?String\\b",
            Pattern.MULTILINE);
    private static final Pattern SPRING = Pattern.compile("^[ \\t]*@SpringBootApplication\\b", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^[ \\t]*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    private JavaStart() {}

    static Start of(SourceFiles files) {
        Set<String> named =
                files.text(Pom.FILE).flatMap(Pom::parse).map(Pom::mainClasses).orElse(Set.of());
        if (named.isEmpty()) {
            return ofSources(files.texts(path -> path.startsWith(SOURCES) && path.endsWith(SUFFIX)));
        }
        return named.size() == 1
                ? start(named.iterator().next(), "as pom.xml names it")
                : Start.unknown("pom.xml names several main classes (" + shown(named) + ")", EXAMPLE);
    }

    private static Start ofSources(Map<String, String> texts) {
        Set<String> all = classes(texts, text -> MAIN.matcher(text).find());
        if (all.size() == 1) {
            return start(all.iterator().next(), "the only main class");
        }
        Optional<String> spring = Optional.of(
                        classes(texts, text -> SPRING.matcher(text).find()))
                .filter(classes -> classes.size() == 1)
                .map(classes -> classes.iterator().next())
                .filter(all::contains);
        return spring.map(name -> start(name, "Spring Boot's application"))
                .orElseGet(() -> Start.unknown(
                        all.isEmpty()
                                ? "neither pom.xml nor src/main/java has a main class"
                                : "src/main/java has several main classes (" + shown(all)
                                        + ") and pom.xml names none of them",
                        EXAMPLE));
    }

    private static Start start(String name, String reason) {
        return Start.with(List.of("java", name), reason);
    }

    private static Set<String> classes(Map<String, String> texts, Predicate<String> isOne) {
        return texts.entrySet().stream()
                .filter(entry -> isOne.test(entry.getValue()))
                .map(entry -> className(entry.getKey(), entry.getValue()))
                .collect(Collectors.toSet());
    }

    private static String className(String path, String text) {
        String name = path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
        Matcher declared = PACKAGE.matcher(text);
        return declared.find() ? declared.group(1) + "." + name : name;
    }

    private static String shown(Set<String> classes) {
        return classes.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "))
                + (classes.size() > SHOWN ? ", ..." : "");
    }
}
