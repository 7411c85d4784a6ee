package io.deployflow.internal;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;

/** Patterns of paths that are not deployed; see {@link io.deployflow.Application}. */
final class ExcludePatterns implements Predicate<Path> {
    private final List<Predicate<Path>> patterns;

    ExcludePatterns(List<String> patterns) {
        this.patterns = patterns.stream().map(ExcludePatterns::parse).toList();
    }

    /** Whether a path, relative to the root, is left out. */
    @Override
    public boolean test(Path relative) {
        return patterns.stream().anyMatch(pattern -> pattern.test(relative));
    }

    private static Predicate<Path> parse(String text) {
        String pattern = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (pattern.contains("/")) {
            PathMatcher matcher = glob(pattern.startsWith("/") ? pattern.substring(1) : pattern);
            return matcher::matches;
        }
        PathMatcher matcher = glob(pattern);
        return path -> matcher.matches(path.getFileName());
    }

    private static PathMatcher glob(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }
}
