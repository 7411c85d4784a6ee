package io.deployflow.sandbox.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one HTTP endpoint, on 127.0.0.1. */
public final class HttpFront implements AutoCloseable {

    static {
        // The JDK's server writes head and body of an answer apart: with Nagle's algorithm each call takes 40 ms
        // longer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sandbox-http");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Opens the endpoint.
     *
     * @param port the port; 0 picks a free one
     * @param plane what it can do
     * @param lock held while an operation is carried out
     * @param clock stamps the recorded calls
     * @throws UncheckedIOException when the port cannot be had
     */
    public HttpFront(int port, Plane plane, Object lock, Clock clock) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port + ": choose another port", e);
        }
        Faults faults = new Faults();
        CallLog calls = new CallLog();
        Pages pages = new Pages();
        server.createContext("/_sandbox/", new AdminHandler(plane, lock, faults, calls, pages));
        server.createContext("/", new AwsHandler(plane, lock, clock, faults, calls, pages));
        server.setExecutor(threads);
        server.start();
    }

    /** {@return what AWS_ENDPOINT_URL should be} */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
