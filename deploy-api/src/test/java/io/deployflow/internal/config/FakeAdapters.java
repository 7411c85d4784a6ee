package io.deployflow.internal.config;

import io.deployflow.Secret;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two adapters whose settings have every type that a component may have; they deploy nothing. */
public final class FakeAdapters {
    /** Both. */
    public static final List<DeployAdapter<?>> ALL = List.of(new Containers(), new Hosts());

    private FakeAdapters() {}

    /** How an image is built. */
    public enum Build {
        /** By a Dockerfile. */
        DOCKERFILE,
        /** Without a daemon. */
        NO_DAEMON
    }

    /** An image. */
    public record Image(
            @Setting(value = "Where it is pushed.", required = true)
            String repository,

            @Setting(value = "How it is built.", defaultValue = "dockerfile")
            Build build,

            @Setting(value = "The Dockerfile.", defaultValue = "Dockerfile")
            Path dockerfile,

            @Setting("Given to the build.") Map<String, String> args) {}

    /** Settings of a target with a nested section. */
    public record ContainerSettings(
            @Setting(value = "The cluster.", required = true)
            String cluster,

            @Setting("The region; without it, the environment's.")
            Optional<String> region,

            @Setting(value = "What is deployed.", required = true)
            Image image,

            @Setting(value = "How long a rollout may take.", defaultValue = "10m")
            Duration timeout,

            @Setting(value = "Bytes at most.", defaultValue = "5000000000")
            long maxSize,

            @Setting("The registry's password.") Optional<Secret> password) {}

    /** A check. */
    public record Health(
            @Setting(value = "Asked with GET.", required = true)
            URI url,

            @Setting(value = "How long it may take.", defaultValue = "30s")
            Duration within) {

        /** Checks the parts against each other. */
        public Health {
            if (within.isZero()) {
                throw new InvalidSettingException("", "leaves no time");
            }
        }
    }

    /** A command before the switch. */
    public record Step(
            @Setting(value = "The command.", required = true)
            String run,

            @Setting("Where.") Optional<Integer> host) {}

    /** Settings of a target with lists. */
    public record HostSettings(
            @Setting(value = "The hosts.", required = true) List<String> hosts,

            @Setting(value = "Where releases are kept.", required = true)
            Path deployTo,

            @Setting(value = "How many releases are kept.", defaultValue = "5")
            int keepReleases,

            @Setting(value = "Kept from release to release.", defaultValue = "[log, tmp/pids]")
            List<String> linkedDirs,

            @Setting(value = "Whether a terminal is asked for.", defaultValue = "false")
            boolean pty,

            @Setting("What is asked before the switch is done.")
            Optional<Health> health,

            @Setting("Run before the switch.") List<Step> steps) {

        /** Checks the numbers. */
        public HostSettings {
            if (keepReleases < 2) {
                throw new InvalidSettingException("keep_releases", "must be at least 2");
            }
        }
    }

    private static final class Containers implements DeployAdapter<ContainerSettings> {
        @Override
        public String type() {
            return "ecs";
        }

        @Override
        public Class<ContainerSettings> settings() {
            return ContainerSettings.class;
        }

        @Override
        public Pipeline<?, ?> open(ContainerSettings settings, DeployContext context) {
            throw new UnsupportedOperationException("deploys nothing");
        }
    }

    private static final class Hosts implements DeployAdapter<HostSettings> {
        @Override
        public String type() {
            return "ssh";
        }

        @Override
        public Class<HostSettings> settings() {
            return HostSettings.class;
        }

        @Override
        public Pipeline<?, ?> open(HostSettings settings, DeployContext context) {
            throw new UnsupportedOperationException("deploys nothing");
        }
    }
}
