package io.deployflow.ecs;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.time.Duration;
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
        ImageSettings image,

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
}
