package io.deployflow.ecs.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one repository is asked and sent. Every method throws {@link RegistryException}. Thread-safe. */
public final class RegistryRepository {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"?next");
    private static final String DIGEST = "Docker-Content-Digest";
    private static final String SUBJECT = "OCI-Subject";

    private final RegistryHttp http;
    private final RepositoryName name;
    private final List<String> scopes;
    private volatile boolean takesPieces = true;

    private RegistryRepository(RegistryHttp http, RepositoryName name, List<String> scopes) {
        this.http = http;
        this.name = name;
        this.scopes = List.copyOf(scopes);
    }

    /** To read from. */
    public static RegistryRepository pulling(RegistryHttp http, RepositoryName name) {
        return new RegistryRepository(http, name, List.of(scope(name, "pull")));
    }

    /**
     * To write to.
     *
     * @param sources repositories to mount blobs from
     */
    public static RegistryRepository pushing(RegistryHttp http, RepositoryName name, List<RepositoryName> sources) {
        List<String> scopes = new ArrayList<>(List.of(scope(name, "pull,push")));
        sources.stream()
                .filter(source ->
                        source.host().equals(name.host()) && !source.path().equals(name.path()))
                .forEach(source -> scopes.add(scope(source, "pull")));
        return new RegistryRepository(http, name, scopes);
    }

    private static String scope(RepositoryName name, String rights) {
        return "repository:" + name.path() + ":" + rights;
    }

    /** Which it is. */
    public RepositoryName name() {
        return name;
    }

    /**
     * Digest of a manifest; empty where there is none.
     *
     * @param reference a tag or a digest
     */
    public Optional<String> digest(String reference) {
        return digest(asking("HEAD", reference), reference);
    }

    /** Asks for it ahead: the next look at it goes on with that. */
    public void beginDigest(String reference) {
        http.begin(name.host(), asking("HEAD", reference));
    }

    /** The same, asked once: for who can do without an answer. */
    public Optional<String> digestAtOnce(String reference) {
        return digest(asking("HEAD", reference).once(), reference);
    }

    private RegistryRequest asking(String method, String reference) {
        return request(method, "manifests/" + reference).with(MediaTypes.ACCEPT);
    }

    private Optional<String> digest(RegistryRequest request, String reference) {
        HttpAnswer<byte[]> answer = send(request);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.status() != OK) {
            throw failure(reference + " of " + name + " cannot be looked up", answer);
        }
        return answer.header(DIGEST).filter(Digests::isDigest);
    }

    /**
     * A manifest's bytes, which are those of the digest if one was asked for.
     *
     * @param reference a tag or a digest
     */
    public Optional<byte[]> manifest(String reference) {
        HttpAnswer<byte[]> answer = send(asking("GET", reference));
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.status() != OK) {
            throw failure(reference + " of " + name + " cannot be read", answer);
        }
        if (Digests.isDigest(reference) && !Digests.of(answer.body()).equals(reference)) {
            throw new RegistryException(
                    "the registry answers with something else than " + reference + " of " + name, OK, null);
        }
        return Optional.of(answer.body());
    }

    /** Asks for it ahead: the next read of it goes on with that. */
    public void beginManifest(String reference) {
        http.begin(name.host(), asking("GET", reference));
    }

    /**
     * Writes a manifest.
     *
     * @param reference a tag or its digest
     * @return whether the registry lists it by itself with what it names as its subject
     */
    public boolean putManifest(String reference, String mediaType, byte[] manifest) {
        HttpAnswer<byte[]> answer = send(request("PUT", "manifests/" + reference)
                .with(Map.of("Content-Type", mediaType))
                .sending(() -> new ByteArrayInputStream(manifest), manifest.length));
        if (answer.status() != CREATED) {
            throw failure("the manifest of " + name + ":" + reference + " is not taken", answer);
        }
        return answer.header(SUBJECT).isPresent();
    }

    /** All tags; none where the repository is not there. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        Optional<URI> next = Optional.of(name.api("tags/list?n=1000"));
        while (next.isPresent()) {
            URI url = next.get();
            HttpAnswer<byte[]> answer = send(request("GET", url));
            if (answer.status() == NOT_FOUND) {
                return List.of();
            }
            if (answer.status() != OK) {
                throw failure("the tags of " + name + " cannot be listed", answer);
            }
            tags.addAll(tags(answer.body()));
            next = answer.all("Link").stream()
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(link -> answer.resolved(link.group(1)))
                    .findFirst();
        }
        return List.copyOf(tags);
    }

    private List<String> tags(byte[] answer) {
        try {
            return Json.items(Json.read(answer).path("tags"))
                    .map(JsonNode::asText)
                    .toList();
        } catch (IOException e) {
            throw new RegistryException("the list of tags of " + name + " is no JSON", OK, e);
        }
    }

    /** Whether a blob is there. */
    public boolean hasBlob(String digest) {
        HttpAnswer<byte[]> answer = send(request("HEAD", "blobs/" + digest));
        if (answer.status() != OK && answer.status() != NOT_FOUND) {
            throw failure("blob " + digest + " of " + name + " cannot be looked up", answer);
        }
        return answer.status() == OK;
    }

    /**
     * A blob's content.
     *
     * @param offset the first byte wanted; one that cannot begin there begins at 0
     */
    public Part blob(String digest, long offset) {
        RegistryRequest request = request("GET", "blobs/" + digest);
        HttpAnswer<InputStream> answer =
                http.open(name.host(), offset == 0 ? request : request.with(Map.of("Range", "bytes=" + offset + "-")));
        if (answer.status() != OK && answer.status() != PARTIAL) {
            throw failure("blob " + digest + " of " + name + " cannot be read", answer);
        }
        return new Part(answer.body(), answer.status() == PARTIAL ? offset : 0);
    }

    /**
     * The rest of a blob.
     *
     * @param offset where it begins
     */
    public record Part(InputStream content, long offset) {}

    /** Whether another repository is of the same registry, which may take blobs over from it. */
    public boolean canMount(RepositoryName from) {
        return from.host().equals(name.host()) && !from.path().equals(name.path());
    }

    /** Takes a blob over from another repository of the same registry; false where that cannot be. */
    public boolean mount(String digest, RepositoryName from) {
        if (!canMount(from)) {
            return false;
        }
        HttpAnswer<byte[]> answer = send(request("POST", "blobs/uploads/?mount=" + digest + "&from=" + from.path()));
        return answer.status() == CREATED;
    }

    /**
     * Sends a blob.
     *
     * @param sent told how many bytes of it are there
     * @return how many bytes were sent
     */
    public long upload(Blob blob, LongConsumer sent) {
        return new BlobUpload(this, blob, sent).run();
    }

    /** Whether a blob may come in pieces, as far as is known. */
    boolean takesPieces() {
        return takesPieces;
    }

    /** It showed that it does not take any. */
    void takesNoPieces() {
        takesPieces = false;
    }

    RegistryRequest request(String method, String rest) {
        return request(method, name.api(rest));
    }

    RegistryRequest request(String method, URI url) {
        return RegistryRequest.of(method, url, scopes);
    }

    HttpAnswer<byte[]> send(RegistryRequest request) {
        return http.send(name.host(), request);
    }

    RegistryException failure(String what, HttpAnswer<?> answer) {
        return RegistryHttp.failure(what, answer);
    }

    void pause(Duration time) {
        http.pause(time);
    }
}
