package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.RolloutException;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Asks ECS for the deployments of a rollout, and remembers which it asked for. */
final class RolloutStart {
    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ReleaseMarks marks;
    private final LostUpdateGuard lostUpdates;
    private final List<Begun> begun = new CopyOnWriteArrayList<>();

    RolloutStart(EcsSettings settings, EcsGateway ecs, ReleaseMarks marks) {
        this.settings = settings;
        this.ecs = ecs;
        this.marks = marks;
        this.lostUpdates = new LostUpdateGuard(ecs);
    }

    /** What was begun since {@link #forget}, in order. */
    List<Begun> begun() {
        return List.copyOf(begun);
    }

    /** Another rollout is to come. */
    void forget() {
        begun.clear();
    }

    /** What was begun was watched to its end. */
    void watched() {
        begun.replaceAll(Begun::watched);
    }

    /**
     * Begins one deployment for each part; before the first, nothing is changed unless all may be begun.
     *
     * @param before every service of the target, as it was a moment ago
     */
    List<Attempt> run(List<EcsRelease.Part> parts, Map<String, Service> before, DeployContext context) {
        parts.forEach(part -> lostUpdates.check(part, service(before, part)));
        markServing(before, context);
        context.cancellation().throwIfCancelled();
        List<Attempt> attempts = new ArrayList<>();
        for (EcsRelease.Part part : parts) {
            attempts.add(begin(part, service(before, part), context));
        }
        return attempts;
    }

    private static Service service(Map<String, Service> services, EcsRelease.Part part) {
        return Objects.requireNonNull(services.get(part.service()));
    }

    /** Where one service serves nothing, what the others serve is no release that could be gone back to. */
    private void markServing(Map<String, Service> before, DeployContext context) {
        List<EcsRelease.Part> serving = ReleaseHistory.serving(before).entrySet().stream()
                .map(entry -> new EcsRelease.Part(entry.getKey(), entry.getValue(), Optional.empty()))
                .toList();
        if (serving.size() == before.size()) {
            marks.servedBefore(serving, context);
        }
    }

    private Attempt begin(EcsRelease.Part part, Service before, DeployContext context) {
        Optional<String> earlierRecord = Optional.ofNullable(before.currentServiceDeployment());
        boolean again = before.taskDefinition().equals(part.arn());
        UpdateServiceRequest request = again
                ? ServiceUpdates.again(settings, part.service(), part.arn())
                : ServiceUpdates.to(settings, part.service(), part.arn());
        context.output(part.service(), ServiceUpdates.text("ecs:UpdateService", request));
        String previous = ServiceView.serving(before).orElse(before.taskDefinition());
        Begun now = new Begun(part.service(), part.arn(), previous, earlierRecord, Optional.empty(), false);
        Service after = send(() -> again ? ecs.once().deployAgain(request, before) : ecs.update(request), now);
        Deployment ours = ServiceView.primary(after)
                .orElseThrow(() -> new RolloutException(
                        "ECS took the update of service " + part.service() + " but shows no deployment",
                        "Look at the service in the console."));
        begun.set(begun.size() - 1, now.as(ours.id()));
        return new Attempt(
                part.service(),
                part.arn(),
                ours.id(),
                Optional.ofNullable(ours.createdAt()),
                ServiceView.ids(before),
                earlierRecord);
    }

    /** Where the answer is lost, the service may have been updated: it counts as begun unless ECS says no. */
    private Service send(Supplier<Service> update, Begun now) {
        begun.add(now);
        try {
            return update.get();
        } catch (DeployException e) {
            if (!AwsErrors.isPassing(e)) {
                begun.remove(now);
            }
            throw e;
        }
    }
}
