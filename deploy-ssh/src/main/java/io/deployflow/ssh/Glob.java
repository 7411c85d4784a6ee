package io.deployflow.ssh;

/** ssh's patterns: {@code *} stands for anything, {@code ?} for one character. */
final class Glob {
    private Glob() {}

    /** Whether a text is as the pattern says, from its beginning to its end. */
    static boolean matches(String pattern, String text) {
        int star = -1;
        int resume = 0;
        int p = 0;
        int t = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether one of the patterns matches and none that begins with {@code !} does. */
    static boolean anyMatches(Iterable<String> patterns, String text) {
        boolean matches = false;
        for (String pattern : patterns) {
            if (pattern.startsWith("!")) {
                if (matches(pattern.substring(1), text)) {
                    return false;
                }
            } else {
                matches |= matches(pattern, text);
            }
        }
        return matches;
    }
}
