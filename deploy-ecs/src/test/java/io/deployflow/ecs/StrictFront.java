package io.deployflow.ecs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a sandbox with a clock of its own, as AWS before a machine whose clock is wrong: it takes no request
 * that was signed more than five minutes off its time, and every answer says its time.
 */
final class StrictFront implements AutoCloseable {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final DateTimeFormatter SIGNED =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+)");
    private static final Pattern SIGNED_AT = Pattern.compile("(?im)^X-Amz-Date: *(\\S+)");

    private final LoopbackServer front;
    private final URI behind;
    private final Clock clock;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();

    /**
     * Opens it.
     *
     * @param fast how far its clock is before that of this machine
     */
    StrictFront(URI behind, Duration fast) {
        this.behind = behind;
        this.clock = Clock.offset(Clock.systemUTC(), fast);
        this.front = new LoopbackServer(this::serve);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    /** How many requests were signed at a wrong time. */
    int refused() {
        return refused.get();
    }

    int passed() {
        return passed.get();
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            Matcher length = LENGTH.matcher(head);
            byte[] body = client.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            client.getOutputStream().write(answer(head, body));
        } catch (IOException e) {
            throw new UncheckedIOException("the front of the sandbox broke", e);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] answer(String head, byte[] body) throws IOException {
        Matcher signed = SIGNED_AT.matcher(head);
        Instant at = signed.find() ? SIGNED.parse(signed.group(1), Instant::from) : Instant.EPOCH;
        Instant now = clock.instant();
        if (Duration.between(at, now).abs().compareTo(TOLERANCE) > 0) {
            refused.incrementAndGet();
            return refusal(head, complaint(at, now));
        }
        passed.incrementAndGet();
        return forwarded(head, body);
    }

    /** AWS's sentences. */
    private static String complaint(Instant at, Instant now) {
        boolean isLate = at.isBefore(now);
        Instant bound = isLate ? now.minus(TOLERANCE) : now.plus(TOLERANCE);
        return "Signature %s: %s is %s than %s (%s %s 5 min.)"
                .formatted(
                        isLate ? "expired" : "not yet current",
                        SIGNED.format(at),
                        isLate ? "now earlier" : "still later",
                        SIGNED.format(bound),
                        SIGNED.format(now),
                        isLate ? "-" : "+");
    }

    private byte[] refusal(String head, String complaint) {
        boolean json = head.toLowerCase(Locale.ROOT).contains("x-amz-target:");
        String body = json
                ? "{\"__type\":\"InvalidSignatureException\",\"message\":\"" + complaint + "\"}"
                : "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>" + complaint
                        + "</Message></Error></ErrorResponse>";
        return ("HTTP/1.1 " + (json ? "400 Bad Request" : "403 Forbidden") + "\r\nDate: " + DATE.format(clock.instant())
                        + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] forwarded(String head, byte[] body) throws IOException {
        try (Socket server = new Socket(behind.getHost(), behind.getPort())) {
            server.getOutputStream()
                    .write(head.replaceFirst("(?im)^Connection:.*$", "Connection: close")
                            .getBytes(StandardCharsets.ISO_8859_1));
            server.getOutputStream().write(body);
            String answer = new String(server.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.replaceFirst("(?im)^Date:.*$", "Date: " + DATE.format(clock.instant()))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}
