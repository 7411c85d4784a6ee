package io.deployflow.ecs;

import io.deployflow.Secret;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The image of a target.
 *
 * @param repository its name in the registry
 * @param registry {@code host:port} of a registry; the account's ECR where it is missing
 * @param username for that registry; {@code ~/.docker/config.json} is asked where it is missing
 * @param password for that registry
 * @param build how it is built
 * @param dockerfile path of the Dockerfile in the source
 * @param target the stage to build; the last one where it is missing
 * @param args build arguments
 * @param cacheFrom images to take layers from, pulled before the build where they exist
 * @param platform such as {@code linux/arm64}
 * @param layers what the image consists of where it is built without an engine
 * @param tag the tag to push; <code>{revision}</code> stands for the first ten digits of the revision
 */
public record ImageSettings(
        @Setting(value = "Name of the repository in the registry", required = true)
        String repository,

        @Setting("Registry as host:port; default: the account's ECR")
        Optional<String> registry,

        @Setting("User name at the registry; default: what ~/.docker/config.json has")
        Optional<String> username,

        @Setting("Password at the registry") Optional<Secret> password,

        @Setting(value = "How the image is built", defaultValue = "dockerfile")
        Builder build,

        @Setting(value = "Path of the Dockerfile in the source", defaultValue = "Dockerfile")
        Path dockerfile,

        @Setting("Stage of the Dockerfile to build; default: the last")
        Optional<String> target,

        @Setting("Build arguments; REVISION is given by itself")
        Map<String, String> args,

        @Setting("Images to take layers from") List<String> cacheFrom,

        @Setting("Platform to build for, such as linux/arm64")
        Optional<String> platform,

        @Setting("For 'build: layers': base image, files and what runs")
        Optional<LayersSettings> layers,

        @Setting(value = "Tag to push; {revision} stands for the revision", defaultValue = "{revision}")
        String tag) {
    private static final String REPOSITORY = "[a-z0-9]+([._/-]+[a-z0-9]+)*";
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

    /** How an image is built. */
    public enum Builder {
        /** By the Docker engine, from a Dockerfile. */
        DOCKERFILE,
        /** Without an engine, from a base image and files. */
        LAYERS
    }

    /** Checks the parts and copies the collections. */
    public ImageSettings {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(layers, "layers");
        args = Map.copyOf(args);
        cacheFrom = List.copyOf(cacheFrom);
        if (!repository.matches(REPOSITORY)) {
            throw new InvalidSettingException(
                    "repository", "must be a repository's name alone, in lower case, without host and tag");
        }
        if (dockerfile.isAbsolute()) {
            throw new InvalidSettingException("dockerfile", "must be a path relative to the source");
        }
        if (username.isPresent() != password.isPresent()) {
            throw new InvalidSettingException(
                    username.isPresent() ? "password" : "username", "is missing: give both or neither");
        }
        if (username.isPresent() && registry.isEmpty()) {
            throw new InvalidSettingException(
                    "username", "is for a registry of your own; ECR's is asked from AWS by itself");
        }
        if ((build == Builder.LAYERS) != layers.isPresent()) {
            throw new InvalidSettingException(
                    layers.isPresent() ? "layers" : "build",
                    layers.isPresent()
                            ? "is for 'build: layers', and that is not set"
                            : "is 'layers': say under 'layers' of which, with a 'base' at least");
        }
        if (!tag.replace("{revision}", "r").matches(TAG)) {
            throw new InvalidSettingException(
                    "tag", "must consist of letters, digits, '_', '.' and '-', and {revision}");
        }
    }

    /** An image with nothing but its repository in ECR, built from {@code Dockerfile}. */
    public static ImageSettings of(String repository) {
        return new ImageSettings(
                repository,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Builder.DOCKERFILE,
                Path.of("Dockerfile"),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "{revision}");
    }

    /** The same, built of layers. */
    public ImageSettings withLayers(LayersSettings settings) {
        return new ImageSettings(
                repository,
                registry,
                username,
                password,
                Builder.LAYERS,
                dockerfile,
                target,
                args,
                cacheFrom,
                platform,
                Optional.of(settings),
                tag);
    }
}
