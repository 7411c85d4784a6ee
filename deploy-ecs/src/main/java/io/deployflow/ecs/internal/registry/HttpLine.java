package io.deployflow.ecs.internal.registry;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server that speaks HTTP/1.1: one request after the other, on the thread that asks. The JDK's own
 * client brings 300 classes and threads of its own, which took a small build half of a second of computing. A line can
 * be closed by any thread, and breaks off then.
 */
final class HttpLine implements AutoCloseable {
    private static final int BUFFER = 1 << 14;
    private static final int LONGEST = 1 << 16;
    private static final int CONTINUE = 100;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final HttpRoute route;
    private final Consumer<HttpLine> idle;
    private final Socket socket;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private boolean last;

    /**
     * Nothing is connected yet.
     *
     * @param idle is given the line whenever another request may be sent
     */
    HttpLine(HttpRoute route, Consumer<HttpLine> idle) {
        this.route = route;
        this.idle = idle;
        this.socket = route.socket();
    }

    /**
     * Sends a request.
     *
     * @param headers on top of the request's own
     * @throws IOException if the server cannot be reached, breaks off, or does not answer for long
     */
    HttpAnswer<InputStream> exchange(RegistryRequest request, Map<String, String> headers) throws IOException {
        Duration patience = request.timeout();
        CompletableFuture<Void> done = new CompletableFuture<>();
        done.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(tooLate -> {
            close();
            return null;
        });
        boolean answered = false;
        try {
            HttpAnswer<InputStream> answer = connectedExchange(request, headers);
            answered = true;
            return answer;
        } catch (IOException e) {
            if (done.isCompletedExceptionally()) {
                throw new SocketTimeoutException("no answer within " + patience.toSeconds() + " s");
            }
            throw e;
        } finally {
            done.complete(null);
            if (!answered) {
                close();
            }
        }
    }

    private HttpAnswer<InputStream> connectedExchange(RegistryRequest request, Map<String, String> headers)
            throws IOException {
        InputStream answers = in;
        OutputStream requests = out;
        if (answers == null || requests == null) {
            Socket connected = route.connect(socket);
            answers = new BufferedInputStream(connected.getInputStream(), BUFFER);
            requests = new BufferedOutputStream(connected.getOutputStream(), BUFFER);
            in = answers;
            out = requests;
        }
        try {
            write(request, headers, requests);
        } catch (UnwrittenException broken) {
            return refused(request, answers, broken);
        }
        return answer(request, answers);
    }

    /** A server may answer before it has read all, and then read no more. */
    private HttpAnswer<InputStream> refused(RegistryRequest request, InputStream answers, UnwrittenException broken)
            throws IOException {
        last = true;
        try {
            return answer(request, answers);
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private void write(RegistryRequest request, Map<String, String> headers, OutputStream requests) throws IOException {
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(route.target(request.url()))
                .append(" HTTP/1.1\r\nHost: ")
                .append(request.url().getAuthority())
                .append("\r\nUser-Agent: deployflow\r\n");
        Map<String, String> all = new HashMap<>(request.headers());
        all.putAll(headers);
        all.putIfAbsent("Accept", "*/*");
        if (all.values().stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw new ProtocolException("a header would end in the middle: a token server or the registry gave it so");
        }
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            head.append("Content-Length: ").append(request.length()).append("\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        write(bytes, bytes.length, requests);
        if (request.length() > 0) {
            try (InputStream body = request.body().get()) {
                write(body, request.length(), requests);
            }
        }
        try {
            requests.flush();
        } catch (IOException e) {
            throw new UnwrittenException(e);
        }
    }

    private static void write(InputStream body, long length, OutputStream requests) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("what is to be sent ends " + left + " bytes too early");
            }
            write(buffer, count, requests);
            left -= count;
        }
    }

    private static void write(byte[] bytes, int count, OutputStream requests) throws UnwrittenException {
        try {
            requests.write(bytes, 0, count);
        } catch (IOException e) {
            throw new UnwrittenException(e);
        }
    }

    /** It was the server that did not take it, not the disk that did not give it. */
    private static final class UnwrittenException extends IOException {
        private static final long serialVersionUID = 1L;

        private UnwrittenException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private HttpAnswer<InputStream> answer(RegistryRequest request, InputStream answers) throws IOException {
        int status = status(text(answers));
        Map<String, List<String>> headers = headers(answers);
        while (status >= CONTINUE && status < OK) {
            status = status(text(answers));
            headers = headers(answers);
        }
        URI url = request.url();
        HttpAnswer<String> head = new HttpAnswer<>(status, url, headers, "");
        last |= head.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
        boolean isEmpty = request.method().equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
        return head.with(new HttpBody(this, answers, isEmpty ? 0 : length(head)));
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new ProtocolException("the answer is no HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    private static Map<String, List<String>> headers(InputStream answers) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = text(answers); !line.isEmpty(); line = text(answers)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private long length(HttpAnswer<String> head) throws IOException {
        Optional<String> length = head.header("Content-Length");
        if (head.header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return HttpBody.CHUNKED;
        } else if (length.isEmpty()) {
            last = true;
            return HttpBody.ALL;
        } else if (!length.get().matches("\\d{1,18}")) {
            throw new ProtocolException("the answer has the length '" + length.get() + "'");
        }
        return Long.parseLong(length.get());
    }

    /** One line of an answer, without its end. */
    static String text(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed before an answer came");
            } else if (line.length() == LONGEST) {
                throw new ProtocolException("the answer has a line that does not end");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** Reads up to the empty line. */
    static void skipHeaders(InputStream answers) throws IOException {
        String line = text(answers);
        while (!line.isEmpty()) {
            line = text(answers);
        }
    }

    /** The answer is read: another request may follow. */
    void release() {
        if (last) {
            close();
        } else {
            idle.accept(this);
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        HttpRoute.close(socket);
    }
}
