package io.deployflow.ecs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the source that what pip installs depends on: those that list it, and those that they name. */
final class Requirements {
    /** Its name, at the root of the source. */
    static final String FILE = "requirements.txt";

    private static final String OPTION = "-[rcef]|--(requirement|constraint|editable|find-links)";
    private static final String PATH = ".*/.*|\\.|.*\\.(whl|zip|tar\\.gz)";

    private Requirements() {}

    /** What the list at the root and those that it includes name. */
    static Set<String> files(SourceFiles source) {
        Set<String> found = new LinkedHashSet<>(Set.of(FILE));
        Deque<String> lists = new ArrayDeque<>(found);
        while (!lists.isEmpty()) {
            String list = lists.remove();
            String text = source.text(list).orElse("");
            text.lines()
                    .flatMap(Requirements::named)
                    .flatMap(name -> inTheSource(name, list, source).stream())
                    .filter(found::add)
                    .filter(name -> name.endsWith(".txt"))
                    .forEach(lists::add);
        }
        return found;
    }

    /** The words of a line that may be paths. */
    private static Stream<String> named(String line) {
        String[] words = line.replaceAll("(^|\\s)#.*", "")
                .strip()
                .replaceFirst("^(-[rcef])(?=\\S)", "$1 ")
                .split("[\\s=]+", -1);
        Stream.Builder<String> named = Stream.builder();
        for (int i = 0; i < words.length; i++) {
            if (words[i].matches(PATH) || (i > 0 && words[i - 1].matches(OPTION))) {
                named.add(words[i].replaceFirst("^file:(//)?", "").replaceFirst("\\[.*", ""));
            }
        }
        return named.build();
    }

    /** By the root of the source, where pip runs, or beside the list, which is where an included list is looked for. */
    private static Optional<String> inTheSource(String name, String list, SourceFiles source) {
        String beside = list.substring(0, list.lastIndexOf('/') + 1);
        return Stream.of(beside + name, name)
                .map(Requirements::plain)
                .filter(path -> path.equals(".") || source.has(path))
                .findFirst();
    }

    /** Without parts that lead nowhere, or back. */
    private static String plain(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }
}
