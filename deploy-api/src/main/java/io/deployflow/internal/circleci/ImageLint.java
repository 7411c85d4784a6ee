package io.deployflow.internal.circleci;

import io.deployflow.internal.config.text.Suggestions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows a job's images from script to script, and finds those that are used and never made. */
final class ImageLint {
    /** One command with its continued lines. */
    private static final Pattern DOCKER =
            Pattern.compile("docker\\s+(build|tag|push|pull|run)\\b((?:[^\\n\\\\;&|]|\\\\\\n|\\\\.)*)");

    private static final Pattern TAG = Pattern.compile("(?:^|\\s)(?:-t|--tag)[=\\s]+(\\S+)");
    private static final Pattern CACHE_FROM = Pattern.compile("(?:^|\\s)--cache-from[=\\s]+(\\S+)");
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final Notes notes;
    private final Set<String> made = new LinkedHashSet<>();

    ImageLint(Notes notes) {
        this.notes = notes;
    }

    void check(Script script) {
        Matcher docker = DOCKER.matcher(script.text());
        while (docker.find()) {
            String arguments = docker.group(2).replace("\\\n", "  ");
            int start = docker.start(2);
            switch (docker.group(1)) {
                case "build" -> build(arguments, start, script);
                case "pull" -> words(arguments).forEach(made::add);
                case "tag" -> tag(arguments, start, script);
                case "push" ->
                    words(arguments).stream()
                            .findFirst()
                            .ifPresent(image -> mustBeMade(image, "pushed", script.lineAt(start)));
                default -> {
                    // What is run is pulled by the engine.
                }
            }
        }
    }

    private void build(String arguments, int start, Script script) {
        Matcher from = CACHE_FROM.matcher(arguments);
        while (from.find()) {
            mustBeMade(from.group(1), "taken layers from", script.lineAt(start + from.start(1)));
        }
        Matcher tag = TAG.matcher(arguments);
        while (tag.find()) {
            made.add(bare(tag.group(1)));
        }
    }

    private void tag(String arguments, int start, Script script) {
        List<String> words = words(arguments);
        if (words.size() == 2) {
            mustBeMade(words.get(0), "tagged", script.lineAt(start));
            made.add(words.get(1));
        }
    }

    private void mustBeMade(String named, String done, int line) {
        String image = bare(named);
        if (image.contains("$") || made.contains(image)) {
            return;
        }
        Suggestions known = new Suggestions(List.copyOf(made));
        notes.mistake(
                line,
                "the image '" + image + "' is " + done + ", and nothing before builds or pulls it"
                        + known.didYouMean(image),
                made.isEmpty() ? "Build or pull it first." : "The images of this job are " + known.list() + ".");
    }

    private static List<String> words(String arguments) {
        return WORD.matcher(arguments)
                .results()
                .map(word -> bare(word.group()))
                .filter(word -> !word.startsWith("-"))
                .toList();
    }

    /** Without its tag. */
    private static String bare(String image) {
        return image.replaceFirst(":[A-Za-z0-9_.-]+$", "").replaceAll("[\"']", "");
    }
}
