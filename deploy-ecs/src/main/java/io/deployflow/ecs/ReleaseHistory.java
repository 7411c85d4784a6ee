package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.Release;
import io.deployflow.spi.DeployContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Service;

/** Lists the releases at the target: the newest revisions of the service's task definition. */
final class ReleaseHistory {
    private static final int MOST = 20;
    // Live, what a rollback goes back to, and a failed deploy or two between them: each is a call.
    private static final int FEW = 4;

    private final EcsSettings settings;
    private final EcsGateway ecs;

    ReleaseHistory(EcsSettings settings, EcsGateway ecs) {
        this.settings = settings;
        this.ecs = ecs;
    }

    /** The releases, newest first. */
    List<EcsRelease> read(DeployContext context) {
        return read(ecs.services(), MOST, MOST, context).toList();
    }

    /** The same, described a few at a time as they are read. */
    Stream<EcsRelease> asRead(DeployContext context) {
        return read(ecs.services(), MOST, FEW, context);
    }

    /** The newest release of the services' task definitions. */
    Optional<EcsRelease> newest(Map<String, Service> services, DeployContext context) {
        return read(services, 1, 1, context).findFirst();
    }

    /** The leading service's task definitions are the releases. */
    private Stream<EcsRelease> read(Map<String, Service> services, int most, int atOnce, DeployContext context) {
        Service leading = services.values().iterator().next();
        Map<String, String> serving = serving(services);
        String family = TaskDefinitions.family(leading.taskDefinition());
        return Chunks.of(ecs.taskDefinitions(family, most), atOnce).stream()
                .flatMap(some -> describe(some, leading, serving, context).stream());
    }

    private List<EcsRelease> describe(
            List<String> arns, Service leading, Map<String, String> serving, DeployContext context) {
        List<CompletableFuture<Optional<EcsRelease>>> releases = arns.stream()
                .map(arn -> CompletableFuture.supplyAsync(() -> own(arn, leading, serving), context.executor()))
                .toList();
        return releases.stream()
                .map(ReleaseHistory::await)
                .flatMap(Optional::stream)
                .toList();
    }

    /** ARNs of the task definitions that serve, by service, in the order of the services. */
    static Map<String, String> serving(Map<String, Service> services) {
        Map<String, String> serving = new LinkedHashMap<>();
        services.forEach((name, service) -> ServiceView.serving(service).ifPresent(arn -> serving.put(name, arn)));
        return serving;
    }

    /** One release by the ARN of the leading service's task definition. */
    EcsRelease release(String arn, Map<String, String> serving) {
        return release(ecs.taskDefinition(arn), serving);
    }

    /** Two services may share a family: what was registered for another one is no release of this one. */
    private Optional<EcsRelease> own(String arn, Service leading, Map<String, String> serving) {
        EcsGateway.Described described = ecs.taskDefinition(arn);
        boolean isOfAnother = !serving.containsValue(arn)
                && ReleaseTags.read(described.tags())
                        .flatMap(ReleaseTags::service)
                        .filter(other -> !other.equals(leading.serviceArn()))
                        .isPresent();
        return isOfAnother ? Optional.empty() : Optional.of(release(described, serving));
    }

    private EcsRelease release(EcsGateway.Described described, Map<String, String> serving) {
        EcsRelease release = completed(
                TaskDefinitions.release(described.definition(), described.tags(), settings.members()), serving);
        if (release.parts().size() < settings.members().size()) {
            return release.as(Release.State.STAGED); // It lacks a service: a rollback must not choose it by itself.
        }
        boolean live = release.parts().stream().allMatch(part -> part.arn().equals(serving.get(part.service())));
        return live ? release.as(Release.State.LIVE) : release;
    }

    /** What serves beside the leading service's belongs to it, where nothing else was recorded. */
    private EcsRelease completed(EcsRelease release, Map<String, String> serving) {
        if (!release.lead().arn().equals(serving.get(release.lead().service()))) {
            return release;
        }
        return release.of(settings.members().stream()
                .map(EcsSettings.Member::service)
                .flatMap(service -> release
                        .part(service)
                        .or(() -> Optional.ofNullable(serving.get(service))
                                .map(arn -> new EcsRelease.Part(service, arn, Optional.empty())))
                        .stream())
                .toList());
    }

    /** What was asked, or why it could not be. */
    static <T> T await(CompletableFuture<T> release) {
        try {
            return release.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DeployException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
