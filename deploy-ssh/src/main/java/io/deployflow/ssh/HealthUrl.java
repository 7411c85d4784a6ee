package io.deployflow.ssh;

import java.net.URI;
import java.util.Locale;

/**
 * A URL as a host itself asks it.
 *
 * @param host as the URL names it; resolved on the host
 * @param port TCP port
 * @param path path and query, at least {@code /}
 * @param authority what the request's {@code Host} header says
 */
record HealthUrl(String host, int port, String path, String authority) {
    private static final int HTTP = 80;

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not one of {@code http}; the message says what would be right
     */
    static HealthUrl of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + uri
                            + "' must be an http:// URL, such as http://localhost:3000/health; for anything else use 'command'");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        return new HealthUrl(host, uri.getPort() < 0 ? HTTP : uri.getPort(), path + query, uri.getRawAuthority());
    }
}
