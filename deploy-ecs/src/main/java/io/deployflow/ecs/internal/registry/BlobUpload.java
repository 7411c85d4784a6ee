package io.deployflow.ecs.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings one blob to a repository. A large one goes in pieces; where the connection breaks it goes on behind what the
 * registry has, and where that has forgotten it, or cannot tell, from the start. Where the registry takes no pieces it
 * goes whole.
 */
final class BlobUpload {
    /** At most this much is sent again after a break, and a blob that is no larger needs two requests only. */
    static final int PIECE = 32 << 20;

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    /** Of registries that take no pieces; others of these numbers refuse the blob, and do so however it comes. */
    private static final Set<Integer> NO_PIECES = Set.of(400, 404, 405, 411, 415, 416, 501);

    private static final Map<String, String> BYTES = Map.of("Content-Type", "application/octet-stream");
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private final RegistryRepository repository;
    private final Blob blob;
    private final LongConsumer sent;

    /**
     * Nothing is sent yet.
     *
     * @param sent told how many bytes are sent
     */
    BlobUpload(RegistryRepository repository, Blob blob, LongConsumer sent) {
        this.repository = repository;
        this.blob = blob;
        this.sent = sent;
    }

    /**
     * Sends it.
     *
     * @return how many bytes were sent
     * @throws RegistryException if the registry does not take it
     */
    long run() {
        long total = 0;
        for (int attempt = 1; ; attempt++) {
            Progress progress = new Progress();
            try {
                if (attempt == 1 || !repository.hasBlob(blob.digest())) {
                    send(progress);
                }
                sent.accept(blob.size());
                return total + progress.bytes;
            } catch (RegistryException e) {
                if (!mayPass(e, progress) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            total += progress.bytes;
            repository.pause(PAUSE.multipliedBy(1L << attempt));
        }
    }

    /**
     * A piece that was given up may still have been on its way when the registry was asked how far it is: then some of
     * it came twice, and what it has got together is not the blob.
     */
    private static boolean mayPass(RegistryException e, Progress progress) {
        return e.isPassing() || (progress.isResumed && e.says("DIGEST_INVALID"));
    }

    private void send(Progress progress) {
        if (blob.size() <= PIECE || !repository.takesPieces() || !inPieces(progress)) {
            whole(begin(), progress);
        }
    }

    /** Whether the registry takes it so; nothing of it is there where not. */
    private boolean inPieces(Progress progress) {
        URI location = begin();
        while (progress.offset < blob.size()) {
            Optional<URI> next = piece(location, progress);
            if (next.isEmpty()) {
                repository.takesNoPieces();
                progress.goOn(0);
                return false;
            }
            location = next.get();
        }
        end(location);
        return true;
    }

    private void whole(URI location, Progress progress) {
        HttpAnswer<byte[]> answer = repository.send(repository
                .request("PUT", withDigest(location))
                .with(BYTES)
                .sending(() -> open(progress, blob.size()), blob.size())
                .once());
        if (answer.status() != CREATED) {
            throw repository.failure("blob " + blob.digest() + " is not taken", answer);
        }
    }

    /**
     * All of it is there: this may be asked again, and where the answer to it was lost the blob tells that it was done.
     */
    private void end(URI location) {
        HttpAnswer<byte[]> answer = repository.send(
                repository.request("PUT", withDigest(location)).with(BYTES).about(blob.size()));
        if (answer.status() != CREATED && !repository.hasBlob(blob.digest())) {
            throw repository.failure("blob " + blob.digest() + " is not taken", answer);
        }
    }

    private URI begin() {
        HttpAnswer<byte[]> answer = repository.send(repository.request("POST", "blobs/uploads/"));
        if (answer.status() != ACCEPTED) {
            throw repository.failure("blob " + blob.digest() + " cannot be sent", answer);
        }
        return location(answer);
    }

    /** Where the next one goes to; empty where the registry takes none. */
    private Optional<URI> piece(URI location, Progress progress) {
        long begin = progress.offset;
        long length = Math.min(PIECE, blob.size() - begin);
        RegistryRequest request = repository
                .request("PATCH", location)
                .with(Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Range",
                        begin + "-" + (begin + length - 1)))
                .sending(() -> open(progress, length), length)
                .once();
        try {
            HttpAnswer<byte[]> answer = repository.send(request);
            if (hasLost(answer, begin + length) || NO_PIECES.contains(answer.status())) {
                return Optional.empty();
            }
            if (answer.status() == ACCEPTED || answer.status() == NO_CONTENT) {
                progress.goOn(begin + length);
                return Optional.of(location(answer));
            }
            throw repository.failure("blob " + blob.digest() + " is not taken", answer);
        } catch (RegistryException broken) {
            if (!broken.isPassing() || !progress.mayBreak()) {
                throw broken;
            }
            return Optional.of(resumed(location, progress, broken));
        }
    }

    /**
     * Amazon ECR answers that a piece has made the blob (201), and passes over all but the first; it shows that in the
     * range, if at all.
     */
    private static boolean hasLost(HttpAnswer<byte[]> answer, long sent) {
        return answer.status() == CREATED
                || (answer.isGood()
                        && answer.header("Range")
                                .flatMap(BlobUpload::end)
                                .filter(last -> last + 1 < sent)
                                .isPresent());
    }

    /** Asks how much the registry has; whoever cannot tell is sent everything again. */
    private URI resumed(URI location, Progress progress, RegistryException broken) {
        repository.pause(PAUSE);
        HttpAnswer<byte[]> answer = repository.send(repository.request("GET", location));
        Optional<Long> last = answer.header("Range").flatMap(BlobUpload::end);
        if (answer.status() != NO_CONTENT || last.isEmpty() || last.get() >= blob.size()) {
            throw broken;
        }
        progress.resume(last.get() == 0 ? 0 : last.get() + 1);
        return answer.header("Location").isPresent() ? location(answer) : location;
    }

    private static Optional<Long> end(String range) {
        Matcher matcher = RANGE.matcher(range);
        return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    private URI location(HttpAnswer<byte[]> answer) {
        return answer.location()
                .orElseThrow(() -> repository.failure("blob " + blob.digest() + " has no place to be sent to", answer));
    }

    private URI withDigest(URI location) {
        String url = location.toString();
        return URI.create(url + (url.contains("?") ? "&" : "?") + "digest=" + blob.digest());
    }

    private InputStream open(Progress progress, long length) {
        try {
            progress.position = progress.offset;
            return new SentStream(blob.content().open(progress.offset), length, count -> {
                progress.bytes += count;
                progress.position += count;
                sent.accept(progress.position);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("blob " + blob.digest() + " cannot be read", e);
        }
    }

    /** How far this attempt is. */
    private static final class Progress {
        /** For one piece. */
        private static final int BREAKS = 5;

        /** Where the registry goes on. */
        private volatile long offset;

        private long position;
        private long bytes;
        private int breaks;
        private boolean isResumed;

        private void goOn(long from) {
            offset = from;
            breaks = 0;
        }

        private void resume(long from) {
            offset = from;
            isResumed = true;
        }

        private boolean mayBreak() {
            breaks++;
            return breaks <= BREAKS;
        }
    }
}
