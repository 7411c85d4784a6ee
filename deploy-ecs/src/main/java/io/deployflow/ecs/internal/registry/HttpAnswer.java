package io.deployflow.ecs.internal.registry;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answers.
 *
 * @param url what was asked for
 * @param headers by name in lower case
 * @param body bytes, or a stream of them that is to be closed
 */
record HttpAnswer<T>(int status, URI url, Map<String, List<String>> headers, T body) {
    private static final int OK = 200;
    private static final int OTHER = 300;

    HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** Whether it is what was asked for. */
    boolean isGood() {
        return status >= OK && status < OTHER;
    }

    /** The first header of a name. */
    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    /** All headers of a name. */
    List<String> all(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** Where it leads to: its header {@code Location}. */
    Optional<URI> location() {
        return header("Location").map(this::resolved);
    }

    /**
     * A place that it names, which may be told from where it comes.
     *
     * @throws RegistryException if that is none to send a request to
     */
    URI resolved(String place) {
        try {
            return WebUrl.require(url.resolve(place));
        } catch (IllegalArgumentException e) {
            // Without a query: there may be a signature in it.
            throw new RegistryException(
                    url.getAuthority() + " sends on to '" + place.replaceFirst("\\?.*", "?...")
                            + "', which is no URL of a server",
                    status,
                    e);
        }
    }

    /** The same with another body. */
    <R> HttpAnswer<R> with(R other) {
        return new HttpAnswer<>(status, url, headers, other);
    }
}
