package io.deployflow.sandbox.ssh;

import io.deployflow.sandbox.docker.ContainerSettings;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RunningContainer;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.docker.SandboxImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A container beside each SSH host that runs the application from the directory deployed to. The host stands for a
 * machine with an engine of its own, so the container shares its network, processes and volume, as one that was started
 * on that machine with {@code --network host --pid host --volume /var/www/shop:/var/www/shop}.
 *
 * @param names their names on the engine, in the order of the hosts
 */
public record AppContainers(List<String> names) {
    /** Copies the list. */
    public AppContainers {
        names = List.copyOf(names);
    }

    /**
     * Starts one beside each host. It waits there for the first deploy.
     *
     * @param engine runs them
     * @param images where their image comes from: what the application needs, without the application
     * @param hosts the running hosts
     * @return the running containers
     * @throws SandboxException when the engine refuses
     */
    public static AppContainers start(Engine engine, ImageStore images, SshHosts hosts) {
        String image = images.ensure(SandboxImage.APP_RUNTIME);
        return new AppContainers(IntStream.range(0, hosts.hosts().size())
                .mapToObj(index ->
                        ContainerSettings.beside(hosts.hosts().get(index).container(), "app-" + (index + 1), image))
                .map(engine::run)
                .map(RunningContainer::name)
                .toList());
    }
}
