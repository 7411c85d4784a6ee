package io.deployflow.sandbox;

import io.deployflow.sandbox.ssh.SshHost;
import io.deployflow.sandbox.team.Team;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A deploy.yml with one target for each road into the sandbox.
 *
 * @param source the application's folder
 * @param region the region that the sandbox stands for
 * @param hosts the SSH hosts
 * @param identity the private key
 * @param knownHosts the host keys
 */
record DeployFileText(Path source, String region, List<SshHost> hosts, Path identity, Path knownHosts) {

    private static final String RESTART_ON_HOST = "restart: bin/restart";

    // As `docker kill --signal=USR1 shop` on a machine with an engine of its own.
    private static final String RESTART_IN_CONTAINER = "restart: kill -USR1 \"$(cat tmp/pids/puma.pid)\"";

    /**
     * The file.
     *
     * @param inContainers whether the hosts run the application in a container
     */
    String text(boolean inContainers) {
        return """
                # One application on both roads into the sandbox.
                # The ecs target needs the variables AWS_ENDPOINT_URL, AWS_REGION and the credentials of the sandbox.
                application: shop
                source: %s
                targets:
                  containers:
                    type: ecs
                    region: %s
                    cluster: %s
                    service: %s
                    container: %s
                    image:
                      repository: %s
                      build: dockerfile
                      dockerfile: docker/app/Dockerfile
                    timeout: 5m
                """.formatted(quoted(source), region, Team.CLUSTER, Team.SERVICE, Team.CONTAINER, Team.REPOSITORY)
                + (hosts.isEmpty() ? "" : sshTarget(inContainers));
    }

    private String sshTarget(boolean inContainers) {
        String addresses =
                hosts.stream().map(host -> '"' + host.address() + '"').collect(Collectors.joining(", ", "[", "]"));
        return """
                  %s:
                    type: ssh
                    hosts: %s
                    identity: %s
                    known_hosts: %s
                    deploy_to: /var/www/shop
                    keep_releases: 5
                    linked_dirs: [log, tmp/pids]
                    %s
                    health: { url: "http://localhost:3000/health", expect: "{revision}", within: 10s }
                """.formatted(
                        inContainers ? "third-way" : "hosts",
                        addresses,
                        quoted(identity),
                        quoted(knownHosts),
                        inContainers ? RESTART_IN_CONTAINER : RESTART_ON_HOST);
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
