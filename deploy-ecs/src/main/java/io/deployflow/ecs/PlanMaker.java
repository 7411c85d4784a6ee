package io.deployflow.ecs;

import io.deployflow.Change;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/** From what is there to what a deploy would change and send. */
final class PlanMaker {
    private final EcsSettings settings;
    private final NextTaskDefinition definitions;
    private final ImagePlan images;

    PlanMaker(EcsSettings settings, ImagePlan images) {
        this.settings = settings;
        this.definitions = new NextTaskDefinition(settings);
        this.images = images;
    }

    /**
     * Makes the plan.
     *
     * @param services what there is to deploy to
     * @param repository where the image goes, without a tag
     */
    Plan plan(Revision revision, List<LiveService> services, ImageReference repository, DeployContext context) {
        ImageReference image = repository.withTag(ReleasePush.tag(settings.image(), revision));
        String pinned = image.repository() + "@(digest of " + image.tag().orElseThrow() + ")";
        List<Next> all = services.stream()
                .map(one -> next(one, definitions.make(one, pinned, context)))
                .toList();
        ImagePlan.Preview preview = images.preview(image, context);
        return new Plan(
                context.target(),
                revision,
                Stream.concat(preview.changes().stream(), all.stream().flatMap(next -> changes(next).stream()))
                        .toList(),
                steps(preview, all));
    }

    /** What a service is to get, and how that differs from what it has. */
    private record Next(LiveService of, RegisterTaskDefinitionRequest made, List<Change> changes) {
        /** Numbers go up by one, but one may have been given to somebody else meanwhile: it is not known yet. */
        String id() {
            return made.family() + ":(next)";
        }
    }

    private static Next next(LiveService one, RegisterTaskDefinitionRequest made) {
        return new Next(one, made, DefinitionChanges.between(one.asRequest(), made));
    }

    private List<Change> changes(Next next) {
        Service service = next.of().service();
        String of = settings.isSeveral() ? next.of().name() + ": " : "";
        return Stream.concat(
                        next.changes().stream().map(change -> of(of, change)),
                        Stream.of(
                                Change.change(
                                        "service " + next.of().name(),
                                        TaskDefinitions.id(next.of().live().definition()),
                                        next.id()),
                                Change.change(of + "tasks", tasks(service), tasks(service) + ", " + batch(service))))
                .toList();
    }

    private static Change of(String service, Change change) {
        return new Change(service + change.what(), change.from(), change.to());
    }

    private List<Plan.Step> steps(ImagePlan.Preview image, List<Next> all) {
        return Stream.of(
                        image.steps().stream(),
                        all.stream().map(PlanMaker::register),
                        before(all.get(0)),
                        all.stream().map(this::update),
                        all.stream().map(PlanMaker::mark))
                .flatMap(steps -> steps)
                .toList();
    }

    private static Plan.Step register(Next next) {
        return step(
                Phase.PUSH,
                "ecs",
                "ecs:RegisterTaskDefinition family=" + next.made().family()
                        + next.changes().stream().map(PlanMaker::text).collect(Collectors.joining()));
    }

    private Stream<Plan.Step> before(Next leading) {
        return settings.beforeRollout().stream()
                .map(command -> step(
                        Phase.ROLLOUT,
                        leading.of().name(),
                        "ecs:RunTask taskDefinition=" + leading.id() + " command="
                                + TaskRuns.command(List.of(command))));
    }

    private Plan.Step update(Next next) {
        String service = next.of().name();
        return step(
                Phase.ROLLOUT,
                service,
                ServiceUpdates.text("ecs:UpdateService", ServiceUpdates.to(settings, service, next.id())));
    }

    private static Plan.Step mark(Next next) {
        return step(
                Phase.CLEANUP,
                "ecs",
                "ecs:TagResource " + next.id() + " "
                        + ReleaseTags.state(Release.State.GOOD).key() + "=good");
    }

    private static Plan.Step step(Phase phase, String unit, String command) {
        return new Plan.Step(phase, unit, command);
    }

    private static String text(Change change) {
        return change.to().map(value -> " " + change.what() + "=" + value).orElse(" without " + change.what());
    }

    private static String tasks(Service service) {
        return ServiceView.count(service.desiredCount()) + " desired";
    }

    private static String batch(Service service) {
        Batch batch = Batch.of(service);
        return "at least " + batch.least() + " serving and at most " + batch.most() + " there meanwhile";
    }
}
