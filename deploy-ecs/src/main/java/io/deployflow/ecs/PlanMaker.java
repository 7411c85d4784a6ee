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
    private static final String LOCAL = "local";

    private final EcsSettings settings;
    private final NextTaskDefinition definitions;

    PlanMaker(EcsSettings settings) {
        this.settings = settings;
        this.definitions = new NextTaskDefinition(settings);
    }

    /**
     * Makes the plan.
     *
     * @param live what the service runs
     * @param repository where the image goes, without a tag
     */
    Plan plan(
            Revision revision,
            Service service,
            EcsGateway.Described live,
            ImageReference repository,
            DeployContext context) {
        ImageReference image = repository.withTag(ReleasePush.tag(settings.image(), revision));
        String pinned = image.repository() + "@(digest of " + image.tag().orElseThrow() + ")";
        RegisterTaskDefinitionRequest made = definitions.make(live, pinned, context);
        String next = made.family() + ":(next)";
        List<Change> changes =
                DefinitionChanges.between(TaskDefinitions.asRequest(live.definition(), live.tags()), made);
        return new Plan(
                context.target(),
                revision,
                Stream.concat(
                                changes.stream(),
                                Stream.of(
                                        Change.change(
                                                "service " + settings.service(),
                                                TaskDefinitions.id(live.definition()),
                                                next),
                                        Change.change("tasks", tasks(service), tasks(service) + ", " + batch(service))))
                        .toList(),
                steps(image, made.family(), changes, next));
    }

    private List<Plan.Step> steps(ImageReference image, String family, List<Change> changes, String next) {
        return List.of(
                step(Phase.BUILD, LOCAL, buildCommand(image)),
                step(Phase.PUSH, LOCAL, "docker push " + image),
                step(
                        Phase.PUSH,
                        "ecs",
                        "ecs:RegisterTaskDefinition family=" + family
                                + changes.stream().map(PlanMaker::text).collect(Collectors.joining())),
                step(
                        Phase.ROLLOUT,
                        settings.service(),
                        ServiceUpdates.text("ecs:UpdateService", ServiceUpdates.to(settings, next))),
                step(
                        Phase.CLEANUP,
                        "ecs",
                        "ecs:TagResource " + next + " "
                                + ReleaseTags.state(Release.State.GOOD).key() + "=good"));
    }

    private static Plan.Step step(Phase phase, String unit, String command) {
        return new Plan.Step(phase, unit, command);
    }

    private String buildCommand(ImageReference image) {
        ImageSettings build = settings.image();
        return "docker build --file " + build.dockerfile()
                + build.target().map(stage -> " --target " + stage).orElse("")
                + build.platform().map(platform -> " --platform " + platform).orElse("")
                + " --tag " + image + " .";
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
