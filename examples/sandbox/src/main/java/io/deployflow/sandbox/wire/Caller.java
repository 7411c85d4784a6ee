package io.deployflow.sandbox.wire;

import com.sun.net.httpserver.Headers;
import java.util.Optional;

/**
 * Who calls, and which region: what the credential scope of a signature says. The signature itself is not verified.
 *
 * @param accessKey the access key's id; empty when the signature names none
 * @param region the region that was signed for; empty when the signature names none
 */
public record Caller(String accessKey, String region) {

    private static final String CREDENTIAL = "Credential=";

    /**
     * Reads the header of a request.
     *
     * @param headers the request's headers
     * @return empty when the request is not signed
     */
    static Optional<Caller> of(Headers headers) {
        return Optional.ofNullable(headers.getFirst("Authorization")).map(Caller::parse);
    }

    /** Reads {@code AWS4-HMAC-SHA256 Credential=KEY/20260101/REGION/ecs/aws4_request, SignedHeaders=...}. */
    private static Caller parse(String authorization) {
        int from = authorization.indexOf(CREDENTIAL);
        if (from < 0) {
            return new Caller("", "");
        }
        String scope = authorization.substring(from + CREDENTIAL.length()).split("[,\\s]", 2)[0];
        String[] parts = scope.split("/", -1);
        return new Caller(parts[0], parts.length > 2 ? parts[2] : "");
    }
}
