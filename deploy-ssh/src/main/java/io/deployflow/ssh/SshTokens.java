package io.deployflow.ssh;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ssh puts in place of tokens in file names.
 *
 * @param home {@code ~} and {@code %d}
 * @param name {@code %n}: the host as it was named
 * @param hostname {@code %h}
 * @param port {@code %p}
 * @param user {@code %r}: who logs in
 */
record SshTokens(Path home, String name, String hostname, int port, String user) {
    private static final Pattern TOKEN = Pattern.compile("%(.)|\\$\\{(\\w+)\\}");

    /** A path in which they are replaced; what ssh has beyond these stays as it is. */
    Path path(String text) {
        String replaced = TOKEN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found.group(1), found.group(2))));
        return replaced.startsWith("~/") ? home.resolve(replaced.substring(2)) : Path.of(replaced);
    }

    private String value(String all, @org.jspecify.annotations.Nullable String token, String variable) {
        if (token == null) {
            return Optional.ofNullable(System.getenv(variable)).orElse(all);
        }
        return switch (token) {
            case "%" -> "%";
            case "d" -> home.toString();
            case "n" -> name;
            case "h" -> hostname;
            case "p" -> String.valueOf(port);
            case "r" -> user;
            case "u" -> System.getProperty("user.name");
            default -> all;
        };
    }
}
