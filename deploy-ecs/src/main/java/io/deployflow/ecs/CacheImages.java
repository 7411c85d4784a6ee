package io.deployflow.ecs;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.PullResponseItem;
import io.deployflow.BuildException;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Set;

/** Brings the images to the engine that a build takes layers from; one that does not exist yet is no mistake. */
final class CacheImages {
    private final List<String> images;
    private final ImageRegistry registry;

    CacheImages(List<String> images, ImageRegistry registry) {
        this.images = images;
        this.registry = registry;
    }

    /** The images to name to the engine. */
    Set<String> pull(DockerClient client, DeployContext context) {
        if (images.isEmpty()) {
            return Set.of();
        }
        if (DockerEngine.isPodman(client)) {
            context.warn("the engine is Podman, which takes no layers from images: 'image.cache_from' does nothing");
            return Set.of();
        }
        for (String image : images) {
            try {
                pull(client, ImageReference.parse(image), context);
            } catch (BuildException e) {
                context.output("local", "builds without layers of " + image + ": " + e.getMessage());
            }
        }
        return Set.copyOf(images);
    }

    private void pull(DockerClient client, ImageReference image, DeployContext context) {
        PullImageCmd command = client.pullImageCmd(image.repository()).withTag(image.version());
        registry.auth(image).ifPresent(command::withAuthConfig);
        EngineCalls.run(
                "pulling " + image,
                new ResultCallback.Adapter<PullResponseItem>(),
                command::exec,
                context,
                BuildException::new);
    }
}
