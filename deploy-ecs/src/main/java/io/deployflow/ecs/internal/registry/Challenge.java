package io.deployflow.ecs.internal.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry that answers 401 wants to see: {@code Basic}, or a token ({@code Bearer}) from a server that it
 * names.
 *
 * @param scheme in lower case
 * @param parameters by name
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int UNAUTHORIZED = 401;
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** The first of the headers that can be met; a token rather than a password. */
    static Optional<Challenge> of(List<String> headers) {
        List<Challenge> all = headers.stream().map(Challenge::parse).toList();
        return all.stream()
                .filter(Challenge::isBearer)
                .findFirst()
                .or(() ->
                        all.stream().filter(one -> one.scheme().equals("basic")).findFirst());
    }

    private static Challenge parse(String header) {
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(space < 0 ? "" : header.substring(space));
        while (matcher.find()) {
            parameters.put(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        return new Challenge(scheme.toLowerCase(Locale.ROOT), parameters);
    }

    boolean isBearer() {
        return scheme.equals("bearer") && parameters.containsKey("realm");
    }

    /**
     * The token server.
     *
     * @throws RegistryException if that is no URL of one
     */
    URI realm() {
        String realm = parameters.getOrDefault("realm", "");
        try {
            return WebUrl.require(URI.create(realm));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    "the registry has tokens asked for at '" + realm + "', which is no URL of a server",
                    UNAUTHORIZED,
                    e);
        }
    }

    /** Where the token is asked for, with a right for each of the scopes. */
    URI tokenUrl(List<String> scopes) {
        String realm = realm().toString();
        StringBuilder url = new StringBuilder(realm).append(realm.contains("?") ? '&' : '?');
        url.append("service=").append(encoded(parameters.getOrDefault("service", "")));
        scopes.forEach(scope -> url.append("&scope=").append(encoded(scope)));
        return URI.create(url.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
