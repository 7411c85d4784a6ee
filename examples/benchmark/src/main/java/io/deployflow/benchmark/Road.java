package io.deployflow.benchmark;

import java.net.URI;
import java.util.List;

/**
 * One of the two ways to deploy.
 *
 * @param name what the table calls it
 * @param target the target's name in {@code deploy.yml}
 * @param addresses where clients reach the application: the load balancer, or every host
 */
record Road(String name, String target, List<URI> addresses) {
    Road {
        addresses = List.copyOf(addresses);
    }
}
