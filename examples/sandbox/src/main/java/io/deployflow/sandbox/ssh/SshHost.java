package io.deployflow.sandbox.ssh;

import java.net.URI;

/**
 * A host to deploy directories to.
 *
 * @param user who may log in, with the key of {@link SshHosts#identity()}
 * @param host its address, 127.0.0.1
 * @param port where its sshd listens
 * @param appUrl where its application answers once one is deployed; ends without a slash
 * @param container its container's name, for {@code docker exec}
 */
public record SshHost(String user, String host, int port, URI appUrl, String container) {
    /**
     * The host as deploy.yml names it.
     *
     * @return {@code user@host:port}
     */
    public String address() {
        return user + "@" + host + ":" + port;
    }
}
