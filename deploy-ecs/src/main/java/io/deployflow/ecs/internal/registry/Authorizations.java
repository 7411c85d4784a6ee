package io.deployflow.ecs.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@code Authorization} headers that registries have asked for, kept as long as they are good. Thread-safe. */
final class Authorizations {
    private static final int OK = 200;

    private final Login.Source logins;
    private final Exchange exchange;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, Optional<Login>> users = new HashMap<>();

    /** Sends a request to a token server. */
    @FunctionalInterface
    interface Exchange {
        HttpAnswer<byte[]> send(RegistryRequest request) throws IOException;
    }

    Authorizations(Login.Source logins, Exchange exchange) {
        this.logins = logins;
        this.exchange = exchange;
    }

    /** What was good for such a request before. */
    synchronized Optional<String> known(URI url, List<String> scopes) {
        return Optional.ofNullable(known.get(url.getAuthority() + scopes))
                .or(() -> Optional.ofNullable(known.get(url.getAuthority())));
    }

    /**
     * Meets a challenge.
     *
     * @param host the registry's, as it is known to people
     * @param refused the header that was sent, if one was
     * @return another header to try; empty where there is none
     * @throws IOException if the token server cannot be asked
     */
    synchronized Optional<String> renew(
            String host, URI url, List<String> scopes, List<String> challenges, Optional<String> refused)
            throws IOException {
        Optional<String> meanwhile = known(url, scopes);
        if (meanwhile.isPresent() && !meanwhile.equals(refused)) {
            return meanwhile;
        }
        Optional<Challenge> challenge = Challenge.of(challenges);
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        Optional<Login> login = users.computeIfAbsent(host, logins::login);
        boolean isBearer = challenge.get().isBearer();
        Optional<String> made =
                isBearer ? Optional.of("Bearer " + token(challenge.get(), login, scopes)) : login.map(Login::basic);
        made.ifPresent(header -> known.put(url.getAuthority() + (isBearer ? scopes : ""), header));
        return made.filter(header -> !Optional.of(header).equals(refused));
    }

    private String token(Challenge challenge, Optional<Login> login, List<String> scopes) throws IOException {
        HttpAnswer<byte[]> answer = exchange.send(request(challenge, login, scopes));
        String where = challenge.parameters().getOrDefault("realm", "");
        if (answer.status() != OK) {
            throw new RegistryException(
                    "the token server " + where + " answers " + answer.status()
                            + login.map(user -> " to user " + user.user()).orElse(" to nobody known"),
                    answer.status(),
                    null);
        }
        JsonNode json = Json.read(answer.body());
        String token = json.path("token").asText(json.path("access_token").asText());
        if (token.isEmpty()) {
            throw new RegistryException("the token server " + where + " gives no token", OK, null);
        }
        return token;
    }

    private static RegistryRequest request(Challenge challenge, Optional<Login> login, List<String> scopes) {
        if (login.isPresent() && login.get().isIdentityToken()) {
            return form(
                    challenge,
                    Map.of(
                            "grant_type", "refresh_token",
                            "service", challenge.parameters().getOrDefault("service", ""),
                            "scope", String.join(" ", scopes),
                            "client_id", "deployflow",
                            "refresh_token", login.get().password().reveal()));
        }
        return RegistryRequest.of("GET", challenge.tokenUrl(scopes), List.of())
                .with(login.map(user -> Map.of("Authorization", user.basic())).orElse(Map.of()));
    }

    private static RegistryRequest form(Challenge challenge, Map<String, String> fields) {
        byte[] form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
        return RegistryRequest.of("POST", challenge.realm(), List.of())
                .with(Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .sending(() -> new ByteArrayInputStream(form), form.length);
    }
}
