package io.deployflow.ecs;

import io.deployflow.Secret;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A target of type {@code ecs}: one service, of which one container's image is deployed.
 *
 * @param region the AWS region; the SDK's own chain decides where it is missing
 * @param endpoint where every AWS API is asked instead of AWS; {@code AWS_ENDPOINT_URL} does the same
 * @param profile the profile in {@code ~/.aws} to take credentials and region from
 * @param cluster name or ARN of the cluster
 * @param service name of the service
 * @param container name of the container whose image changes; may be left out where the task has only one
 * @param image where the image comes from and goes to
 * @param timeout how long a rollout, and its taking back, may take
 * @param inFlight what to do where a deployment of somebody else is in flight
 */
public record EcsSettings(
        @Setting("AWS region; default: what the AWS SDK finds in the environment or the profile")
        Optional<String> region,

        @Setting("Asks this endpoint instead of AWS; AWS_ENDPOINT_URL does the same")
        Optional<URI> endpoint,

        @Setting("Profile of ~/.aws to take credentials and region from")
        Optional<String> profile,

        @Setting(value = "Name or ARN of the ECS cluster", required = true)
        String cluster,

        @Setting(value = "Name of the ECS service", required = true)
        String service,

        @Setting("Name of the container whose image changes; needed where the task definition has more than one")
        Optional<String> container,

        @Setting(value = "The image: where it is built from and pushed to", required = true)
        Image image,

        @Setting(value = "How long a rollout may take", defaultValue = "10m")
        Duration timeout,

        @Setting(
                value = "What to do where somebody else's deployment is in flight: refuse, wait for it, or"
                        + " replace it",
                defaultValue = "refuse")
        InFlight inFlight) {

    /** What to do where a deployment of somebody else is in flight. */
    public enum InFlight {
        /** Change nothing and say whose it is. */
        REFUSE,
        /** Wait until it has ended. */
        WAIT,
        /** Deploy over it. */
        REPLACE
    }

    /** Checks the parts. */
    public EcsSettings {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(inFlight, "inFlight");
        requireText("cluster", cluster);
        requireText("service", service);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidSettingException("timeout", "must be longer than 0");
        }
        if (endpoint.isPresent() && endpoint.get().getHost() == null) {
            throw new InvalidSettingException("endpoint", "must be a URL such as https://ecs.example.com");
        }
    }

    private static void requireText(String key, String value) {
        if (value.isBlank()) {
            throw new InvalidSettingException(key, "must not be empty");
        }
    }

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
     * @param tag the tag to push; <code>{revision}</code> stands for the first ten digits of the revision
     */
    public record Image(
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

            @Setting(value = "Tag to push; {revision} stands for the revision", defaultValue = "{revision}")
            String tag) {
        private static final String REPOSITORY = "[a-z0-9]+([._/-]+[a-z0-9]+)*";
        private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

        /** How an image is built. */
        public enum Builder {
            /** By the Docker engine, from a Dockerfile. */
            DOCKERFILE
        }

        /** Checks the parts and copies the collections. */
        public Image {
            Objects.requireNonNull(registry, "registry");
            Objects.requireNonNull(build, "build");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(platform, "platform");
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
            if (!tag.replace("{revision}", "r").matches(TAG)) {
                throw new InvalidSettingException(
                        "tag", "must consist of letters, digits, '_', '.' and '-', and {revision}");
            }
        }

        /** An image with nothing but its repository in ECR, built from {@code Dockerfile}. */
        public static Image of(String repository) {
            return new Image(
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
                    "{revision}");
        }
    }
}
