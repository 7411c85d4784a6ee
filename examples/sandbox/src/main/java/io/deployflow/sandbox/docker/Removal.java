package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what sandboxes made, and nothing else.
 *
 * @param client the engine
 */
record Removal(DockerClient client) {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    /** Removes a container, running or not, with its volumes. Harmless when it is gone. */
    void container(String containerId) {
        try {
            client.removeContainerCmd(containerId)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException alreadyGoing) {
            LOG.debug("Container {} is being removed already", containerId);
        }
    }

    /** Removes every container of one sandbox. */
    void sandbox(String sandboxId) {
        containers(Engine.LABEL + "=" + sandboxId).parallelStream()
                .map(Container::getId)
                .forEach(this::container);
    }

    /**
     * Removes what sandboxes have left whose process on this machine has ended: their containers, their images' names.
     */
    void leftovers() {
        List<Container> leftovers =
                containers(Engine.LABEL).stream().filter(Removal::isLeftover).toList();
        for (Container container : leftovers) {
            LOG.info("Removing {}, left by a sandbox that died", String.join(", ", container.getNames()));
            container(container.getId());
        }
        leftovers.stream()
                .flatMap(container -> Stream.of(container.getPorts()))
                .filter(port -> port.getPublicPort() != null)
                .forEach(port -> images("127.0.0.1:" + port.getPublicPort()));
    }

    /**
     * Removes the engine's names for the images of a registry. What else names the same image keeps it.
     *
     * @param endpoint {@code host:port} of the registry
     */
    void images(String endpoint) {
        for (Image image : client.listImagesCmd().exec()) {
            Stream.of(image.getRepoTags(), image.getRepoDigests())
                    .filter(Objects::nonNull)
                    .flatMap(Stream::of)
                    .filter(reference -> reference.startsWith(endpoint + "/"))
                    .forEach(this::image);
        }
    }

    private void image(String reference) {
        try {
            // The layers under it stay: they are the engine's build cache.
            client.removeImageCmd(reference).withNoPrune(true).exec();
        } catch (NotFoundException | ConflictException goneOrInUse) {
            LOG.debug("{} stays: {}", reference, EngineErrors.message(goneOrInUse));
        }
    }

    private static boolean isLeftover(Container container) {
        return Owner.parse(container.getLabels().getOrDefault(Engine.OWNER_LABEL, ""))
                .filter(Owner::isGone)
                .isPresent();
    }

    private List<Container> containers(String label) {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(label))
                .exec();
    }
}
