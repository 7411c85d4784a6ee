package io.deployflow.sandbox.iam;

import java.util.regex.Pattern;

/** Patterns of IAM policies: {@code *} is any number of characters, {@code ?} is one. */
final class Wildcard {

    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        return regex(pattern, 0).matcher(text).matches();
    }

    static boolean matchesIgnoringCase(String pattern, String text) {
        return regex(pattern, Pattern.CASE_INSENSITIVE).matcher(text).matches();
    }

    private static Pattern regex(String pattern, int flags) {
        StringBuilder regex = new StringBuilder();
        pattern.chars().forEach(each -> {
            switch (each) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(each)));
            }
        });
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }
}
