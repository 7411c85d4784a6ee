package io.deployflow.sandbox.balancer;

import io.deployflow.sandbox.port.Backend;

/**
 * The configuration of one listener.
 *
 * @param port where it listens on 127.0.0.1
 * @param adminPort where its runtime API listens on 127.0.0.1
 * @param slots how many servers it can have at once, those that drain included
 */
record HaproxyConfig(int port, int adminPort, int slots) {
    static final String BACKEND = "targets";

    /** The name of a server slot, counted from 1. */
    static String server(int slot) {
        return BACKEND + "/slot" + slot;
    }

    /**
     * The file's text. There are no health checks: the control plane sets every server's state. A connection to a
     * server is closed after its answer, so that no request meets a server that hangs up on an idle one; a connection
     * that cannot be made is tried on another server, which no application has seen.
     */
    String text() {
        return """
                global
                    maxconn 4096
                    stats socket ipv4@127.0.0.1:%d level admin
                    stats timeout 10s

                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    timeout http-keep-alive 60s
                    option http-server-close
                    option forwardfor
                    option redispatch 1
                    retries 3

                frontend listener
                    bind 127.0.0.1:%d
                    default_backend %s

                backend %s
                    balance roundrobin
                    server-template slot 1-%d 127.0.0.1:1 weight %d disabled
                """.formatted(adminPort, port, BACKEND, BACKEND, slots, Backend.FULL_WEIGHT);
    }
}
