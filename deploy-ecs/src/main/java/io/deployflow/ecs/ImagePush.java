package io.deployflow.ecs;

import io.deployflow.PushException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import java.nio.file.Path;

/** Brings a built image to the target's repository. */
interface ImagePush {
    /**
     * Pushes.
     *
     * @param id what the build calls the image
     * @return pinned to its digest, with what was sent
     * @throws PushException if the registry does not take it
     * @throws TargetUnreachableException if the registry cannot be reached, or refuses the credentials
     */
    PushedImage push(String id, String tag, DeployContext context);

    /**
     * Writes the image into a file that {@code docker load} takes.
     *
     * @param name what it is called where it is loaded
     * @throws PushException if it cannot be written
     */
    void save(String id, String name, Path file, DeployContext context);
}
