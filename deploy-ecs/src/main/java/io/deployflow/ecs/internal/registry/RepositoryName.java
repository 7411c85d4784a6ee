package io.deployflow.ecs.internal.registry;

import java.net.URI;
import java.util.Locale;

/**
 * A repository in a registry.
 *
 * @param host with its port if it has one
 * @param path the repository's name there
 */
public record RepositoryName(String host, String path) {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_API = "registry-1.docker.io";

    /** Docker's rules: no host is Docker Hub, and one word there is in {@code library}. */
    public static RepositoryName of(String host, String path) {
        boolean isHub = host.isEmpty() || host.equals(DOCKER_HUB) || host.equals("index.docker.io");
        return isHub
                ? new RepositoryName(DOCKER_HUB, path.contains("/") ? path : "library/" + path)
                : new RepositoryName(host, path);
    }

    /** Where its API is. On this machine a registry speaks plain HTTP, as Docker has it too. */
    URI api(String rest) {
        return URI.create(server(host) + "/v2/" + path + "/" + rest);
    }

    private static String server(String host) {
        return (isLocal(host) ? "http://" : "https://") + (host.equals(DOCKER_HUB) ? DOCKER_HUB_API : host);
    }

    /** Whether a URL leads to the registry itself, spoken to as it always is. */
    static boolean isServer(String host, URI url) {
        return withPort(URI.create(server(host))).equals(withPort(url));
    }

    private static String withPort(URI url) {
        String usual = "https".equals(url.getScheme()) ? ":443" : ":80";
        String server = String.valueOf(url.getAuthority()).toLowerCase(Locale.ROOT);
        return url.getScheme() + "://" + (server.matches(".*:\\d+") ? server : server + usual);
    }

    private static boolean isLocal(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
