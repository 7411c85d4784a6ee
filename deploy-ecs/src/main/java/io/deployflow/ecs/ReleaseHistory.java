package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.Release;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.ecs.model.Service;

/** Lists the releases at the target: the newest revisions of the service's task definition. */
final class ReleaseHistory {
    private static final int MOST = 20;

    private final EcsSettings settings;
    private final EcsGateway ecs;

    ReleaseHistory(EcsSettings settings, EcsGateway ecs) {
        this.settings = settings;
        this.ecs = ecs;
    }

    /** The releases, newest first. */
    List<EcsRelease> read(DeployContext context) {
        return read(ecs.service(), MOST, context);
    }

    /** The newest release of a service's task definition. */
    Optional<EcsRelease> newest(Service service, DeployContext context) {
        return read(service, 1, context).stream().findFirst();
    }

    private List<EcsRelease> read(Service service, int most, DeployContext context) {
        Optional<String> serving = ServiceView.serving(service);
        String id = TaskDefinitions.id(service.taskDefinition());
        String family = id.substring(0, id.lastIndexOf(':'));
        List<CompletableFuture<EcsRelease>> releases = ecs.taskDefinitions(family, most).stream()
                .map(arn -> CompletableFuture.supplyAsync(() -> release(arn, serving), context.executor()))
                .toList();
        return releases.stream().map(ReleaseHistory::await).toList();
    }

    /** One release by the ARN of its task definition. */
    EcsRelease release(String arn, Optional<String> serving) {
        EcsGateway.Described described = ecs.taskDefinition(arn);
        EcsRelease release = TaskDefinitions.release(described.definition(), described.tags(), settings.container());
        return serving.equals(Optional.of(release.arn())) ? release.as(Release.State.LIVE) : release;
    }

    private static EcsRelease await(CompletableFuture<EcsRelease> release) {
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
