package io.deployflow.sandbox.balancer;

import io.deployflow.sandbox.docker.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports that nothing listens on. */
public final class FreePort {
    private FreePort() {}

    /** The wanted port of 127.0.0.1 when it is to be had, else another one; 0 wants any. */
    static int near(int wanted) {
        return isFree(wanted) ? wanted : any();
    }

    /**
     * A port that was free a moment ago.
     *
     * @return a port of 127.0.0.1
     */
    public static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SandboxException("There is no free port on 127.0.0.1", e);
        }
    }

    private static boolean isFree(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException takenOrForbidden) {
            return false;
        }
    }
}
