package io.deployflow.ecs.internal.registry;

import java.net.URI;

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
        String server = host.equals(DOCKER_HUB) ? DOCKER_HUB_API : host;
        return URI.create((isLocal() ? "http://" : "https://") + server + "/v2/" + path + "/" + rest);
    }

    private boolean isLocal() {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
