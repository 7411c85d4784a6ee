package io.deployflow.ssh;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host as {@code deploy.yml} names it: {@code host}, {@code user@host}, {@code user@host:port},
 * {@code ssh://user@host:port}; an IPv6 address with a port stands in brackets.
 *
 * @param user who logs in, if it is said
 * @param name host name, alias of {@code ~/.ssh/config}, or address without brackets
 * @param port TCP port, if it is said
 */
record HostAddress(Optional<String> user, String name, OptionalInt port) {
    private static final Pattern BRACKETED = Pattern.compile("\\[(?<name>[^\\]]+)\\](:(?<port>\\d{1,5}))?");
    private static final Pattern BARE_IPV6 = Pattern.compile("(?<name>[^\\s:]*:[^\\s:]*:\\S*)(?<port>){0}");
    private static final Pattern PLAIN = Pattern.compile("(?<name>[^\\s:/@\\[\\]]+)(:(?<port>\\d{1,5}))?");
    // What ssh itself takes, and no shell makes anything else of.
    private static final String NAME = "[\\w.:%+@][\\w.:%+@-]*";
    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; the message says what would be right
     */
    static HostAddress parse(String text) {
        String rest = withoutScheme(text.strip());
        int at = rest.lastIndexOf('@');
        Optional<String> user = at < 0 ? Optional.empty() : Optional.of(rest.substring(0, at));
        Matcher place = place(rest.substring(at + 1));
        boolean badUser =
                user.filter(name -> !name.matches("[^\\s:/-][^\\s:/]*")).isPresent();
        if (place == null || badUser || !place.group("name").matches(NAME)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a host: write host, user@host, user@host:port or ssh://user@host:port");
        }
        return new HostAddress(user, place.group("name"), port(text, place.group("port")));
    }

    private static String withoutScheme(String text) {
        if (!text.startsWith("ssh://")) {
            return text;
        }
        String rest = text.substring("ssh://".length());
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static @Nullable Matcher place(String text) {
        for (Pattern pattern : new Pattern[] {BRACKETED, PLAIN, BARE_IPV6}) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return matcher;
            }
        }
        return null;
    }

    private static OptionalInt port(String text, @Nullable String digits) {
        if (digits == null) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("'" + text + "' has no such port: " + digits);
        }
        return OptionalInt.of(port);
    }

    /** How events, reports and messages call the host: {@code app1}, {@code app1:2222}, {@code [::1]:2222}. */
    String label() {
        if (port.isEmpty()) {
            return name;
        }
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port.getAsInt();
    }

    /** What a person types to get there: {@code ssh -p 2222 deploy@app1}. */
    String sshCommand() {
        String at = port.isPresent() ? "ssh -p " + port.getAsInt() + " " : "ssh ";
        return at + user.map(text -> text + "@").orElse("") + name;
    }

    @Override
    public String toString() {
        return label();
    }
}
