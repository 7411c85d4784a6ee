package io.deployflow.ecs.internal.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lets into a registry who has a token that is good for what is asked, and gives tokens to who knows the password, as
 * the token servers of Docker Hub, GitHub and GitLab do.
 */
public final class TokenDesk {
    /** Every request for a token: its method, what it asks for, who asks. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** What it names as the place where tokens are to be had, if not its own. */
    volatile Optional<String> realm = Optional.empty();

    private final String password;
    private int issue = 1;
    private String expiring = "never";
    private int after;

    /** Gives tokens to who sends this {@code Authorization}, or this refresh token. */
    public TokenDesk(String password) {
        this.password = password;
    }

    /** All tokens given so far are worth nothing as soon as so many requests of this method have come. */
    public synchronized TokenDesk expireAfter(String method, int requests) {
        expiring = method;
        after = requests;
        return this;
    }

    synchronized boolean lets(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (method.equals(expiring)) {
            after--;
            if (after < 0) {
                expiring = "never";
                issue++;
            }
        }
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!header.startsWith("Bearer ")) {
            return false;
        }
        String token =
                new String(Base64.getDecoder().decode(header.substring("Bearer ".length())), StandardCharsets.UTF_8);
        String right = method.equals("GET") || method.equals("HEAD") ? "pull" : "push";
        String repository = exchange.getRequestURI().getPath().replaceAll("^/v2/(.*?)/(blobs|manifests)/.*", "$1");
        String scope = "repository:" + repository + ":";
        return token.startsWith(issue + " ")
                && Arrays.stream(token.split(" ", -1)).anyMatch(one -> one.startsWith(scope) && one.contains(right));
    }

    /** A token, or where one is to be had. */
    synchronized void answer(HttpExchange exchange, String host) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestURI().getPath().equals("/token")) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + realm.orElse("http://" + host + "/token")
                                    + "\",service=\"the registry\"");
            OciServer.answer(exchange, 401, new byte[0]);
            return;
        }
        String query = URLDecoder.decode(
                exchange.getRequestMethod().equals("POST")
                        ? new String(sent, StandardCharsets.UTF_8)
                        : exchange.getRequestURI().getRawQuery(),
                StandardCharsets.UTF_8);
        String who = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(exchange.getRequestMethod() + " " + query + " by " + who);
        if (!who.equals(password) && !query.contains("refresh_token=" + password)) {
            OciServer.answer(exchange, 403, new byte[0]);
            return;
        }
        String rights = Arrays.stream(query.split("&", -1))
                .filter(field -> field.startsWith("scope="))
                .map(field -> field.substring("scope=".length()))
                .reduce(Integer.toString(issue), (one, other) -> one + " " + other);
        String token = Base64.getEncoder().encodeToString(rights.getBytes(StandardCharsets.UTF_8));
        OciServer.answer(exchange, 200, ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
