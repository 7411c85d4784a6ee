package io.deployflow.ecs.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server is reached: directly or through the proxy that the JVM's properties name, with or without TLS. A
 * certificate has to be the host's.
 *
 * @param host as in a URL
 */
record HttpRoute(boolean isSecure, String host, int port, Proxy proxy) {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRoute.class);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 60_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    static HttpRoute to(URI url) {
        boolean isSecure = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : isSecure ? HTTPS : HTTP;
        List<Proxy> proxies = Optional.ofNullable(ProxySelector.getDefault())
                .map(selector -> selector.select(url))
                .orElse(List.of());
        return new HttpRoute(isSecure, url.getHost(), port, proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0));
    }

    private boolean isProxied() {
        return proxy.type() == Proxy.Type.HTTP;
    }

    /** Not connected. */
    Socket socket() {
        return isProxied() ? new Socket(Proxy.NO_PROXY) : new Socket(proxy);
    }

    /**
     * Connects a socket.
     *
     * @return what requests are written to
     */
    Socket connect(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.connect(server(), CONNECT_MILLIS);
        if (!isSecure) {
            return socket;
        }
        if (isProxied()) {
            tunnel(socket);
        }
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private InetSocketAddress server() {
        if (isProxied() && proxy.address() instanceof InetSocketAddress address) {
            return new InetSocketAddress(address.getHostString(), address.getPort());
        }
        return proxy.type() == Proxy.Type.SOCKS
                ? InetSocketAddress.createUnresolved(host, port)
                : new InetSocketAddress(host, port);
    }

    private void tunnel(Socket socket) throws IOException {
        String server = host + ":" + port;
        socket.getOutputStream()
                .write(("CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        InputStream answers = socket.getInputStream();
        String answer = HttpLine.text(answers);
        HttpLine.skipHeaders(answers);
        if (!answer.matches("HTTP/1\\.\\d 2\\d\\d.*")) {
            throw new IOException("the proxy " + proxy.address() + " answers '" + answer + "'");
        }
    }

    /** What a request line says: to a proxy that is no tunnel the whole URL. */
    String target(URI url) {
        String path = (url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        return isProxied() && !isSecure ? url.getScheme() + "://" + url.getRawAuthority() + path : path;
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection cannot be closed", e);
        }
    }
}
