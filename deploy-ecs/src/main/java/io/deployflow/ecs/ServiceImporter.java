package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.spi.Importer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Takes a service over that runs already: asks ECS what it is, and says it as a {@code deploy.yml}. Region and
 * credentials are those that the AWS SDK finds.
 */
public final class ServiceImporter implements Importer {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceImporter.class);
    private static final String HOW = "Say it as CLUSTER/SERVICE, such as app-prod/web.";

    /** What {@link java.util.ServiceLoader} needs. */
    public ServiceImporter() {}

    @Override
    public String name() {
        return "ecs";
    }

    /**
     * Asks ECS.
     *
     * @param project the application's directory; looked at for its Dockerfile
     * @param stage {@code CLUSTER/SERVICE}
     */
    @Override
    public Imported read(Path project, Optional<String> stage, String source) {
        String name = stage.orElseThrow(() -> new ConfigurationException("no service is named", HOW));
        int slash = name.lastIndexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            throw new ConfigurationException("'" + name + "' names no service of a cluster", HOW);
        }
        EcsSettings settings = settings(name.substring(0, slash), name.substring(slash + 1));
        try (AwsClients clients = new AwsClients(settings, List.of(RateLimiter.SHARED))) {
            return read(clients, settings, project, source);
        }
    }

    /** The same with clients of one's own. */
    static Imported read(AwsClients clients, EcsSettings settings, Path project, String source) {
        EcsGateway ecs = new EcsGateway(clients, settings);
        if (ecs.cluster().isEmpty()) {
            throw new ConfigurationException(
                    "there is no cluster '" + settings.cluster() + "'",
                    Nearest.remedy("cluster", settings.cluster(), ecs::clusterNames));
        }
        Service service = ecs.service(settings.members().get(0).service());
        ServiceChecks.check(service);
        TakenOver taken = TakenOver.of(
                settings.cluster(),
                service,
                ecs.taskDefinition(service.taskDefinition()).definition());
        return taken.toFile(source, isInEcr(clients, taken.image()), Files.exists(project.resolve("Dockerfile")));
    }

    /** Where ECR cannot be asked, the name tells: an ECR of another account has to be named anyway. */
    private static boolean isInEcr(AwsClients clients, ImageReference image) {
        try {
            return AwsErrors.reading(
                    "ecr:DescribeRepositories",
                    () -> clients
                            .ecr()
                            .describeRepositories(request -> request.repositoryNames(image.path()))
                            .repositories()
                            .stream()
                            .anyMatch(there -> image.repository().equals(there.repositoryUri())));
        } catch (DeployException e) {
            LOG.debug("whether {} is in ECR is told by its name", image, e);
            return image.registry().filter(host -> host.contains(".dkr.ecr.")).isPresent();
        }
    }

    private static EcsSettings settings(String cluster, String service) {
        return new EcsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                cluster,
                Optional.of(service),
                Optional.empty(),
                List.of(),
                ImageSettings.of("app"),
                Duration.ofMinutes(1),
                EcsSettings.InFlight.REFUSE,
                EcsSettings.OnCancel.ROLLBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                2);
    }
}
