package io.deployflow.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks a URL through a forwarded port. In HTTP/1.0, where an answer simply ends with its connection; the {@code Host}
 * header is the URL's own, which Java's clients would replace by the forwarded port.
 */
final class HttpProbe {
    private static final int LONGEST = 1 << 20;

    private HttpProbe() {}

    /**
     * An answer.
     *
     * @param status such as 200
     * @param body as text, at most a megabyte
     */
    record Answer(int status, String body) {
        /** Whether it says yes. */
        boolean isOk() {
            return status / 100 == 2;
        }
    }

    /**
     * Asks once.
     *
     * @param port on this machine's loopback
     * @param within for the whole answer: a server that drips a byte now and then is none that answers
     * @throws IOException if there is no answer in time, or it is not one of HTTP
     */
    static Answer ask(HealthUrl url, int port, Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millisUntil(deadline));
            OutputStream out = socket.getOutputStream();
            out.write(request(url).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return parse(read(socket, deadline));
        }
    }

    private static String read(Socket socket, long deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int length = 0; length >= 0 && answer.size() < LONGEST; ) {
            answer.write(part, 0, length);
            socket.setSoTimeout(millisUntil(deadline));
            length = socket.getInputStream().read(part);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("the answer does not end");
        }
        return (int) left;
    }

    private static String request(HealthUrl url) {
        return "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: deployflow\r\nConnection: close\r\n\r\n"
                .formatted(url.path(), url.authority());
    }

    /** Reads an answer. */
    static Answer parse(String text) throws IOException {
        if (text.isEmpty()) {
            throw new IOException("nothing answers");
        }
        String[] words = text.split("[ \r\n]", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("\\d{3}")) {
            throw new IOException("what answers does not speak HTTP");
        }
        int end = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(words[1]), end < 0 ? "" : text.substring(end + 4));
    }
}
