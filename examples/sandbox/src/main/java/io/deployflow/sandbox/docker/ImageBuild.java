package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds one image; keeps the last lines of the output for the case that it fails. */
final class ImageBuild extends BuildImageResultCallback {
    private static final int OUTPUT_LINES = 15;

    private final Deque<String> output = new ArrayDeque<>();

    private ImageBuild() {}

    /**
     * Builds and names an image.
     *
     * @param context an archive with a Dockerfile
     * @param parent reference of the image to build from, for the Dockerfile's argument {@code BASE}
     * @param reference the image's name and tag
     * @throws SandboxException when the build fails; with its last lines
     */
    static void run(DockerClient client, InputStream context, Optional<String> parent, String reference) {
        ImageBuild build = new ImageBuild();
        try (build;
                BuildImageCmd command = client.buildImageCmd(context)) {
            parent.ifPresent(image -> command.withBuildArg("BASE", image));
            command.withTags(Set.of(reference))
                    .withLabels(Map.of(Engine.LABEL, "image"))
                    .exec(build)
                    .awaitImageId();
        } catch (IOException | RuntimeException e) {
            throw new SandboxException(
                    "Cannot build the image " + reference + ": " + EngineErrors.message(e) + "\n"
                            + String.join("\n", build.output),
                    e);
        }
    }

    @Override
    public void onNext(BuildResponseItem item) {
        String text = item.getStream();
        if (text != null && !text.isBlank()) {
            output.add(text.stripTrailing());
            if (output.size() > OUTPUT_LINES) {
                output.remove();
            }
        }
        super.onNext(item);
    }
}
