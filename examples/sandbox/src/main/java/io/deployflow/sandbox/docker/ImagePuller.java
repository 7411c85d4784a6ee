package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;

/** Gets the images of tasks as an ECS agent does. */
final class ImagePuller {
    private final DockerClient client;
    private final RegistryLogin login;

    ImagePuller(DockerClient client, RegistryLogin login) {
        this.client = client;
        this.login = login;
    }

    /**
     * Pulls an image of the sandbox's registry always, and another one when the engine does not have it.
     *
     * @throws ContainerFailure when the engine cannot get it
     */
    void pull(String reference) throws ContainerFailure {
        if (login.forImage(reference).isEmpty() && isOnEngine(reference)) {
            return;
        }
        try (PullImageCmd pull = client.pullImageCmd(reference);
                PullImageResultCallback callback = new PullImageResultCallback()) {
            login.forImage(reference).ifPresent(pull::withAuthConfig);
            pull.exec(callback).awaitCompletion();
        } catch (IOException | RuntimeException e) {
            throw new ContainerFailure("CannotPullContainerError", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContainerFailure("CannotPullContainerError", e);
        }
    }

    private boolean isOnEngine(String reference) {
        try {
            client.inspectImageCmd(reference).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }
}
