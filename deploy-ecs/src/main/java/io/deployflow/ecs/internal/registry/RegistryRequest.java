package io.deployflow.ecs.internal.registry;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One request to a registry.
 *
 * @param headers of its own; who asks is added when it is sent
 * @param body makes what is sent, anew for every attempt
 * @param length of the body in bytes
 * @param work how many bytes the registry reads or looks through before it answers
 * @param scopes the rights that it needs, as token servers name them
 * @param again whether it is sent again where the registry has a problem or breaks off
 */
record RegistryRequest(
        String method,
        URI url,
        Map<String, String> headers,
        Supplier<InputStream> body,
        long length,
        long work,
        List<String> scopes,
        boolean again) {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** Slower than this a network is as good as gone. */
    private static final long BYTES_A_SECOND = 20_000;

    RegistryRequest {
        headers = Map.copyOf(headers);
        scopes = List.copyOf(scopes);
    }

    /** Without a body. */
    static RegistryRequest of(String method, URI url, List<String> scopes) {
        return new RegistryRequest(method, url, Map.of(), InputStream::nullInputStream, 0, 0, scopes, true);
    }

    /** The same with these headers. */
    RegistryRequest with(Map<String, String> others) {
        return new RegistryRequest(method, url, others, body, length, work, scopes, again);
    }

    /** The same to where the registry sent it on to. */
    RegistryRequest to(URI other) {
        return new RegistryRequest(method, other, headers, body, length, work, scopes, again);
    }

    /** The same with a body. */
    RegistryRequest sending(Supplier<InputStream> content, long bytes) {
        return new RegistryRequest(method, url, headers, content, bytes, bytes, scopes, again);
    }

    /** The same, sent once: whoever sends it knows better how to go on. */
    RegistryRequest once() {
        return new RegistryRequest(method, url, headers, body, length, work, scopes, false);
    }

    /** The same about so many bytes that were sent before. */
    RegistryRequest about(long bytes) {
        return new RegistryRequest(method, url, headers, body, length, bytes, scopes, again);
    }

    /** How long the server has, until it begins to answer. */
    Duration timeout() {
        return ANSWER.plusSeconds(work / BYTES_A_SECOND);
    }
}
