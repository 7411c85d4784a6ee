package io.deployflow.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names the one who deploys. */
public final class Person {
    private Person() {}

    /** {@code user@machine}, for records and locks. */
    public static String current() {
        return System.getProperty("user.name") + "@" + machine();
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that cannot resolve its own name still has one in its environment, or none worth telling.
            return System.getenv().getOrDefault("HOSTNAME", "localhost");
        }
    }
}
