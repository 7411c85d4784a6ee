package io.deployflow.ecs.internal.registry;

import java.net.URI;
import java.util.Set;

/** What a request can be sent to. */
final class WebUrl {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private WebUrl() {}

    /**
     * The same URL.
     *
     * @throws IllegalArgumentException if it names no server that speaks HTTP
     */
    static URI require(URI url) {
        if (url.getHost() == null || !SCHEMES.contains(url.getScheme())) {
            throw new IllegalArgumentException("no URL of a server");
        }
        return url;
    }
}
