package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Looks at one service of the target, and at what its next tasks need. */
final class MemberChecks {
    private final EcsSettings settings;
    private final AwsClients clients;
    private final String name;
    private final Supplier<Service> service;
    private final Supplier<LiveService> live;
    private final Supplier<TaskDefinition> next;
    private final Supplier<List<Tag>> tags;

    MemberChecks(
            EcsSettings settings,
            AwsClients clients,
            EcsGateway ecs,
            EcsSettings.Member member,
            DeployContext context) {
        this.settings = settings;
        this.clients = clients;
        this.name = member.service();
        this.service = Checking.once(() -> ecs.service(name));
        this.live = Checking.once(() -> new LiveService(
                member, service.get(), ecs.taskDefinition(service.get().taskDefinition())));
        NextTaskDefinition definitions = new NextTaskDefinition(settings);
        this.next = Checking.once(
                () -> definitions.described(live.get(), settings.image().repository(), context));
        this.tags = Checking.once(() -> definitions
                .make(live.get(), settings.image().repository(), context)
                .tags());
    }

    /** The service itself, and what would be registered for it. */
    List<Check> ofService() {
        return List.of(
                Checking.of("service", name, this::lookAtService),
                Checking.of("task definition", name, this::lookAtNext));
    }

    private String lookAtService() {
        Service there = service.get();
        ServiceChecks.check(there);
        Optional<Deployment> inFlight = ServiceView.inFlight(there);
        if (inFlight.isPresent() && settings.inFlight() == EcsSettings.InFlight.REFUSE) {
            throw new ConfigurationException(
                    "deployment " + inFlight.get().id() + " of "
                            + TaskDefinitions.id(inFlight.get().taskDefinition()) + " is in flight",
                    "Wait until it has ended, or set 'in_flight' to wait or replace.");
        }
        return "is active, and runs " + ServiceView.count(there.runningCount()) + " of "
                + ServiceView.count(there.desiredCount()) + " tasks";
    }

    /** What is wrong with the service has been said; of what depends on it nothing is known. */
    private String lookAtNext() {
        Optional<DeployException> wrong = Checking.failure(service);
        if (wrong.isPresent()) {
            throw new TargetUnreachableException(
                    "cannot be looked at before the service can, nor can roles, secrets, logs, load balancer, permissions"
                            + " and quotas",
                    wrong.get().remedy(),
                    null,
                    null);
        }
        int containers = next.get().containerDefinitions().size();
        return "the next one of " + next.get().family() + " can be made, with " + containers
                + (containers == 1 ? " container" : " containers");
    }

    /** Whether it is known what the next tasks will be. */
    boolean isKnown() {
        return Checking.failure(next).isEmpty();
    }

    /**
     * What the service is, and what its tasks will be given.
     *
     * @throws DeployException if it is not known what they will be
     */
    PolicyScope scope(Optional<String> repository, Optional<String> caller) {
        return PolicyScope.of(service.get(), next.get(), repository, caller);
    }

    /** What the next tasks need, once it is known what they will be. */
    List<Check> ofTasks(PolicyScope scope) {
        Service there = service.get();
        TaskDefinition tasks = next.get();
        String region = there.serviceArn().split(":", -1)[3];
        List<Check> checks = new ArrayList<>();
        checks.addAll(new RoleChecks(clients).run(tasks));
        checks.addAll(new SecretChecks(clients).run(tasks, region));
        checks.addAll(new LogGroupChecks(clients).run(tasks));
        checks.addAll(new TargetGroupChecks(clients).run(there, tasks));
        checks.addAll(new PermissionChecks(new PolicySimulation(clients)).ofExecutionRole(tasks, scope));
        checks.addAll(new QuotaChecks(clients)
                .run(there, tags.get(), settings.members().size()));
        return checks;
    }
}
