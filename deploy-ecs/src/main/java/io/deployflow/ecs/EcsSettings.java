package io.deployflow.ecs;

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
 * A target of type {@code ecs}: a service, or several that are deployed together, of which one container's image is
 * deployed.
 *
 * @param region the AWS region; the SDK's own chain decides where it is missing
 * @param endpoint where every AWS API is asked instead of AWS; {@code AWS_ENDPOINT_URL} does the same
 * @param profile the profile in {@code ~/.aws} to take credentials and region from
 * @param cluster name or ARN of the cluster
 * @param service name of the service; missing where {@code services} are given
 * @param container name of the container whose image changes; may be left out where the task has only one
 * @param services several services that run the same image; empty where {@code service} is given
 * @param image where the image comes from and goes to
 * @param timeout how long a rollout, and its taking back, may take
 * @param inFlight what to do where a deployment of somebody else is in flight
 * @param onCancel what becomes of a deployment in flight when the deploy is cancelled
 * @param assumeRole the role to take before anything is asked of AWS
 * @param taskDefinition JSON file with the task definition; relative to the source. Where it is missing, what the
 *     service has is copied
 * @param task size of the whole task
 * @param environment variables of the container whose image changes
 * @param secrets its secrets: by variable, what ECS reads the value from
 * @param command its command
 * @param containers what else is to be in containers, by their names
 * @param beforeRollout commands run as one-off tasks of the new task definition before the service is touched
 * @param keepReleases how many releases stay registered
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

        @Setting("Name of the ECS service; several are given as 'services'")
        Optional<String> service,

        @Setting("Name of the container whose image changes; needed where the task definition has more than one")
        Optional<String> container,

        @Setting("Several ECS services that run the same image, deployed together and judged together")
        List<Member> services,

        @Setting(value = "The image: where it is built from and pushed to", required = true)
        ImageSettings image,

        @Setting(value = "How long a rollout may take", defaultValue = "10m")
        Duration timeout,

        @Setting(
                value = "What to do where somebody else's deployment is in flight: refuse, wait for it, or"
                        + " replace it",
                defaultValue = "refuse")
        InFlight inFlight,

        @Setting(
                value = "What becomes of the deployment when a deploy is cancelled while ECS rolls out: rollback takes"
                        + " it back, leave lets ECS go on",
                defaultValue = "rollback")
        OnCancel onCancel,

        @Setting("Role to take before anything is asked of AWS")
        Optional<AssumeRole> assumeRole,

        @Setting("JSON file with the task definition, as the AWS CLI takes it; default: a copy of what the service has")
        Optional<Path> taskDefinition,

        @Setting("Size of the whole task") Optional<TaskSize> task,

        @Setting("Environment variables of the container whose image changes; others stay as they are")
        Map<String, String> environment,

        @Setting("Its secrets: by variable, the ARN or the parameter's name that ECS reads the value from")
        Map<String, String> secrets,

        @Setting("Its command, one word an item") List<String> command,

        @Setting("What else is to be in containers, by their names")
        Map<String, ContainerSettings> containers,

        @Setting("Shell commands that run as one-off tasks of the new release before the service is touched,"
                + " such as migrations")
        List<String> beforeRollout,

        @Setting(value = "How many releases stay registered, at least 2", defaultValue = "5")
        int keepReleases) {

    /**
     * One service of several that are deployed together.
     *
     * @param service its name
     * @param container name of the container whose image changes; may be left out where the task has only one
     */
    public record Member(
            @Setting(value = "Name of the ECS service", required = true, shorthand = true)
            String service,

            @Setting("Name of the container whose image changes; needed where the task definition has more than one")
            Optional<String> container) {
        /** Checks the name. */
        public Member {
            Objects.requireNonNull(container, "container");
            requireText("service", service);
        }
    }

    /** What becomes of a deployment in flight when the deploy is cancelled. */
    public enum OnCancel {
        /** It is taken back: what served before serves. */
        ROLLBACK,
        /** ECS goes on with it by itself. */
        LEAVE
    }

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
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(container, "container");
        services = List.copyOf(services);
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(inFlight, "inFlight");
        Objects.requireNonNull(onCancel, "onCancel");
        Objects.requireNonNull(assumeRole, "assumeRole");
        Objects.requireNonNull(taskDefinition, "taskDefinition");
        Objects.requireNonNull(task, "task");
        environment = ContainerSettings.ordered(environment);
        secrets = ContainerSettings.checked(environment, secrets);
        command = List.copyOf(command);
        containers = ContainerSettings.ordered(containers);
        beforeRollout = List.copyOf(beforeRollout);
        if (keepReleases < 2) {
            throw new InvalidSettingException(
                    "keep_releases", "must be at least 2: the live one and one to go back to");
        }
        requireText("cluster", cluster);
        checkServices(service, container, services);
        if (!services.isEmpty()
                && (taskDefinition.isPresent() || task.isPresent() || !command.isEmpty() || !containers.isEmpty())) {
            throw new InvalidSettingException(
                    "services",
                    "cannot stand beside 'task_definition', 'task', 'command' or 'containers': they are of one"
                            + " service");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidSettingException("timeout", "must be longer than 0");
        }
        if (endpoint.isPresent() && endpoint.get().getHost() == null) {
            throw new InvalidSettingException("endpoint", "must be a URL such as https://ecs.example.com");
        }
    }

    private static void checkServices(Optional<String> service, Optional<String> container, List<Member> services) {
        if (service.isPresent() != services.isEmpty()) {
            throw new InvalidSettingException(
                    "service",
                    service.isPresent()
                            ? "cannot stand beside 'services'"
                            : "is missing; several are given as 'services'");
        }
        service.ifPresent(name -> requireText("service", name));
        if (container.isPresent() && service.isEmpty()) {
            throw new InvalidSettingException("container", "is given with each of the 'services' there");
        }
        if (services.stream().map(Member::service).distinct().count() < services.size()) {
            throw new InvalidSettingException("services", "must not name a service twice");
        }
    }

    /** Every service that is deployed to, the leading one first: a release has its name from that one. */
    List<Member> members() {
        return service.map(name -> List.of(new Member(name, container))).orElse(services);
    }

    /** Whether units are named by their service as well. */
    boolean isSeveral() {
        return services.size() > 1;
    }

    private static void requireText(String key, String value) {
        if (value.isBlank()) {
            throw new InvalidSettingException(key, "must not be empty");
        }
    }

    /** What the deploy file says of the container whose image changes, beside {@link #containers}. */
    ContainerSettings own() {
        return new ContainerSettings(
                environment, secrets, List.of(), command, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A role that is taken with the credentials that the SDK finds.
     *
     * @param arn its ARN
     * @param externalId the external id that its owner asks for
     */
    public record AssumeRole(
            @Setting(value = "ARN of the role", required = true, shorthand = true)
            String arn,

            @Setting("External id that the role's owner asks for")
            Optional<String> externalId) {
        private static final String ARN = "arn:[a-z-]+:iam::[0-9]{12}:role/.+";

        /** Checks the ARN. */
        public AssumeRole {
            Objects.requireNonNull(externalId, "externalId");
            if (!arn.matches(ARN)) {
                throw new InvalidSettingException(
                        "arn", "must be the ARN of a role, such as arn:aws:iam::123456789012:role/deploy");
            }
        }
    }

    /**
     * The size of a task; on Fargate only certain pairs are allowed.
     *
     * @param cpu in CPU units: 1024 are one vCPU
     * @param memory in MiB
     */
    public record TaskSize(
            @Setting("CPU units: 1024 are one vCPU") Optional<Integer> cpu,
            @Setting("Memory in MiB") Optional<Integer> memory) {
        /** Checks that nothing is missing. */
        public TaskSize {
            ContainerSettings.requirePositive("cpu", cpu);
            ContainerSettings.requirePositive("memory", memory);
        }
    }
}
