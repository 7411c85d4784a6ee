package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.model.Repository;

/** Looks at everything that a deploy to ECS services needs. */
final class EcsChecks implements TargetChecks {
    private final EcsSettings settings;
    private final AwsClients clients;
    private final EcsGateway ecs;
    private final ImageRegistry registry;
    private final Preflight preflight;
    private final Callers callers;
    private final Supplier<Repository> repository;

    EcsChecks(EcsSettings settings, AwsClients clients, EcsGateway ecs, ImageRegistry registry, Preflight preflight) {
        this.settings = settings;
        this.clients = clients;
        this.ecs = ecs;
        this.registry = registry;
        this.preflight = preflight;
        this.callers = new Callers(clients);
        this.repository = Checking.once(registry::inEcr);
    }

    @Override
    public List<Check> verify(DeployContext context) {
        List<Check> checks = new ArrayList<>();
        checks.add(Checking.of("credentials", settings.profile().orElse("default"), callers::current));
        if (!callers.isKnown()) {
            return checks;
        }
        checks.add(Checking.of("cluster", settings.cluster(), () -> {
            preflight.checkCluster();
            return "is active";
        }));
        List<MemberChecks> members = members(context);
        members.forEach(member -> checks.addAll(member.ofService()));
        checks.addAll(new RepositoryCheck(settings, registry, repository).run());
        List<MemberChecks> known =
                members.stream().filter(MemberChecks::isKnown).toList();
        known.forEach(member -> checks.addAll(member.ofTasks(scope(member))));
        if (!known.isEmpty()) {
            checks.addAll(ofCaller(known.stream().map(this::scope).toList()));
        }
        return checks.stream().distinct().toList();
    }

    private List<MemberChecks> members(DeployContext context) {
        return settings.members().stream()
                .map(member -> new MemberChecks(settings, clients, ecs, member, context))
                .toList();
    }

    private List<Check> ofCaller(List<PolicyScope> scopes) {
        return callers.principal()
                .map(caller -> new PermissionChecks(new PolicySimulation(clients)).ofCaller(caller, scopes))
                .orElseGet(() -> List.of(callers.unnamed()));
    }

    private PolicyScope scope(MemberChecks member) {
        return member.scope(repositoryArn(), callers.principal());
    }

    /** Empty also where it could not be looked at: that has been said, and nothing can be said of it. */
    private Optional<String> repositoryArn() {
        try {
            return settings.image().registry().isPresent()
                    ? Optional.empty()
                    : Optional.of(repository.get().repositoryArn());
        } catch (DeployException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> policy(DeployContext context) {
        Optional<DeployException> missing =
                settings.image().registry().isPresent() ? Optional.empty() : Checking.failure(repository);
        if (missing.isPresent()) {
            throw missing.get();
        }
        callers.current();
        return Optional.of(
                IamPolicy.document(members(context).stream().map(this::scope).toList()));
    }
}
