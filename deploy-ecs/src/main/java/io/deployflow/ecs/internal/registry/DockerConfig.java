package io.deployflow.ecs.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logins of {@code ~/.docker/config.json}: those in the file, and those that its credential helpers know. */
public final class DockerConfig implements Login.Source {
    /** Its name in its directory. */
    public static final String FILE = "config.json";

    private static final Logger LOG = LoggerFactory.getLogger(DockerConfig.class);
    private static final String HELPERS = "credHelpers";
    private static final String HUB = "docker.io";
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final String path;
    private final Duration patience;

    /** Of a file, which need not be there. */
    public DockerConfig(Path file) {
        this(file, System.getenv().getOrDefault("PATH", ""), PATIENCE);
    }

    /**
     * Of a file.
     *
     * @param path where credential helpers are looked for
     * @param patience how long one has for an answer
     */
    DockerConfig(Path file, String path, Duration patience) {
        this.file = file;
        this.path = path;
        this.patience = patience;
    }

    /** The one that Docker's own command uses. */
    public static DockerConfig ofThisMachine() {
        Map<String, String> environment = System.getenv();
        String directory = environment.getOrDefault("DOCKER_CONFIG", System.getProperty("user.home", "") + "/.docker");
        return new DockerConfig(Path.of(directory, FILE));
    }

    @Override
    public Optional<Login> login(String host) {
        JsonNode config = read();
        List<String> keys = host.equals(HUB) ? List.of(HUB_KEY, HUB) : List.of(host, "https://" + host);
        return helper(config, keys)
                .flatMap(helper -> keys.stream()
                        .flatMap(key -> new CredentialHelper(helper, path, patience).get(key).stream())
                        .findFirst())
                .or(() -> keys.stream()
                        .flatMap(key -> inFile(config.path("auths").path(key)).stream())
                        .findFirst());
    }

    /** Where the file is, among others that Docker's command keeps there. */
    public Path directory() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory");
    }

    /**
     * The file with some logins more; those that it had for the same registries count no longer.
     *
     * @param logins by registry; what is made of them is secret
     */
    public byte[] with(Map<String, Login> logins) {
        ObjectNode all = read() instanceof ObjectNode there ? there : Json.object();
        logins.forEach((host, login) -> {
            String key = host.equals(HUB) ? HUB_KEY : host;
            ObjectNode entry = object(all, "auths").putObject(key);
            if (login.isIdentityToken()) {
                entry.put("identitytoken", login.password().reveal());
            } else {
                entry.put("auth", login.pair());
            }
            if (all.has("credsStore") || all.has(HELPERS)) {
                object(all, HELPERS).put(key, ""); // None: Docker takes what the file has then.
            }
        });
        return Json.bytes(all);
    }

    private static ObjectNode object(ObjectNode in, String key) {
        return in.get(key) instanceof ObjectNode there ? there : in.putObject(key);
    }

    private JsonNode read() {
        try {
            return Files.exists(file) ? Json.read(Files.readAllBytes(file)) : MissingNode.getInstance();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.getMessage());
            return MissingNode.getInstance();
        }
    }

    private static Optional<String> helper(JsonNode config, List<String> keys) {
        return Stream.concat(
                        keys.stream().map(key -> config.path(HELPERS).path(key)), Stream.of(config.path("credsStore")))
                .map(JsonNode::asText)
                .filter(name -> name.matches("[A-Za-z0-9._-]+"))
                .findFirst();
    }

    private static Optional<Login> inFile(JsonNode entry) {
        String token = entry.path("identitytoken").asText();
        if (!token.isEmpty()) {
            return Optional.of(new Login("<token>", Secret.of(token)));
        }
        if (entry.has("username") && entry.has("password")) {
            return Optional.of(new Login(
                    entry.path("username").asText(),
                    Secret.of(entry.path("password").asText())));
        }
        return pair(entry.path("auth").asText());
    }

    private static Optional<Login> pair(String auth) {
        try {
            String decoded = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon <= 0
                    ? Optional.empty()
                    : Optional.of(new Login(decoded.substring(0, colon), Secret.of(decoded.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Not base64: as good as not there.
        }
    }
}
