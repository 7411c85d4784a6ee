package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Takes old releases out of use, so that a service keeps as many as its settings say. */
final class Deregistration {
    /** So many are described at once. */
    static final int SOME = 10;

    private final EcsSettings settings;
    private final EcsGateway ecs;

    Deregistration(EcsSettings settings, EcsGateway ecs) {
        this.settings = settings;
        this.ecs = ecs;
    }

    /** What can be asked before a rollout is decided. */
    ReadAhead ahead(EcsRelease release) {
        return new ReadAhead(ecs, release.lead().arn(), settings.keepReleases());
    }

    /**
     * Takes out of use what is too many.
     *
     * @return the ids of what is no longer in use
     * @throws DeployException if it cannot be known what is in use: then nothing is done
     */
    List<String> run(DeployContext context) {
        Service leading = leading();
        List<String> family = ecs.taskDefinitions(TaskDefinitions.family(leading.taskDefinition()));
        if (family.size() <= settings.keepReleases()) {
            return List.of();
        }
        List<OldReleases.Registered> registered = registered(family, leading, context);
        if (excess(registered, leading, Set.of(), context).isEmpty()) {
            return List.of();
        }
        // What others use is asked last, and only where something would be removed: it may be many calls.
        Optional<List<Service>> everywhere =
                unlessRefused("it cannot be known who uses them", ecs::servicesEverywhere, context);
        if (everywhere.isEmpty()) {
            return List.of();
        }
        Service now = everywhere.get().stream()
                .filter(service -> service.serviceArn().equals(leading.serviceArn()))
                .findFirst()
                .orElseGet(this::leading);
        Set<String> used = uses(everywhere.get());
        used.addAll(uses(List.of(now)));
        List<OldReleases.Registered> excess = excess(registered, now, used, context);
        List<String> gone = Stream.concat(
                        OldReleases.companions(registered, excess, used).stream()
                                .filter(arn -> OldReleases.Registered.of(
                                                arn, ecs.taskDefinition(arn).tags())
                                        .isOf(context.application().name(), now.serviceArn())),
                        excess.stream().map(OldReleases.Registered::arn))
                .toList();
        return unlessRefused(
                        "they may not be deregistered",
                        () -> gone.stream().map(this::deregister).toList(),
                        context)
                .orElse(List.of());
    }

    /** Does what a deploy can do without; empty, and the reason told, where it is not allowed. */
    private <T> Optional<T> unlessRefused(String what, Supplier<T> work, DeployContext context) {
        try {
            return Optional.of(work.get());
        } catch (DeployException e) {
            if (AwsErrors.isRefused(e)) {
                context.output(
                        settings.members().get(0).service(),
                        "old releases stay registered, as " + what + ": " + e.getMessage());
                return Optional.empty();
            }
            throw e;
        }
    }

    private Service leading() {
        return ecs.service(settings.members().get(0).service());
    }

    private String deregister(String arn) {
        ecs.deregister(arn);
        return TaskDefinitions.id(arn);
    }

    private List<OldReleases.Registered> excess(
            List<OldReleases.Registered> registered, Service leading, Set<String> used, DeployContext context) {
        return OldReleases.excess(
                registered,
                context.application().name(),
                leading.serviceArn(),
                used,
                ServiceView.serving(leading),
                settings.keepReleases());
    }

    private static Set<String> uses(List<Service> services) {
        Set<String> used = new HashSet<>();
        services.forEach(service -> {
            Optional.ofNullable(service.taskDefinition()).ifPresent(used::add);
            service.deployments().stream().map(Deployment::taskDefinition).forEach(used::add);
            service.taskSets().stream().map(TaskSet::taskDefinition).forEach(used::add);
        });
        return used;
    }

    /**
     * The newest task definitions with their tags: as far back as there are some of this service's. What other tools
     * have left is not read to its end for every deploy.
     */
    private List<OldReleases.Registered> registered(List<String> family, Service service, DeployContext context) {
        List<OldReleases.Registered> all = new ArrayList<>();
        for (int from = 0; from < family.size(); from += SOME) {
            List<OldReleases.Registered> some =
                    describe(family.subList(from, Math.min(from + SOME, family.size())), context);
            all.addAll(some);
            boolean hasOwn =
                    some.stream().anyMatch(one -> one.isOf(context.application().name(), service.serviceArn()));
            boolean hasLive = all.stream().anyMatch(one -> one.arn().equals(service.taskDefinition()));
            if (!hasOwn && hasLive) {
                return all;
            }
        }
        return all;
    }

    private List<OldReleases.Registered> describe(List<String> arns, DeployContext context) {
        List<CompletableFuture<OldReleases.Registered>> asked = arns.stream()
                .map(arn -> CompletableFuture.supplyAsync(
                        () -> OldReleases.Registered.of(arn, ecs.remembered(arn).tags()), context.executor()))
                .toList();
        return asked.stream().map(ReleaseHistory::await).toList();
    }
}
