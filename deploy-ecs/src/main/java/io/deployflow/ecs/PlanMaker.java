package io.deployflow.ecs;

import io.deployflow.Change;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** From what is there to what a deploy would change and send. */
final class PlanMaker {
    private static final String LOCAL = "local";

    private final EcsSettings settings;

    PlanMaker(EcsSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes the plan.
     *
     * @param live what the service runs
     * @param repository where the image goes, without a tag
     */
    Plan plan(
            Revision revision, Service service, TaskDefinition live, ImageReference repository, DeployContext context) {
        ContainerDefinition container = TaskDefinitions.container(live, settings.container());
        ImageReference image = repository.withTag(ReleasePush.tag(settings.image(), revision));
        String next = next(live);
        return new Plan(
                context.target(),
                revision,
                List.of(
                        Change.change(
                                "containerDefinitions[" + container.name() + "].image",
                                container.image(),
                                image.repository() + "@(digest of "
                                        + image.tag().orElseThrow() + ")"),
                        Change.change("service " + settings.service(), TaskDefinitions.id(live), next),
                        Change.change("tasks", tasks(service), tasks(service) + ", " + batch(service))),
                steps(image, container, live, next));
    }

    private List<Plan.Step> steps(
            ImageReference image, ContainerDefinition container, TaskDefinition live, String next) {
        return List.of(
                step(Phase.BUILD, LOCAL, buildCommand(image)),
                step(Phase.PUSH, LOCAL, "docker push " + image),
                step(
                        Phase.PUSH,
                        "ecs",
                        "ecs:RegisterTaskDefinition family=" + live.family() + " containerDefinitions["
                                + container.name() + "].image=" + image.repository() + "@(digest)"),
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

    /** Numbers go up by one, but one may have been given to somebody else meanwhile: this is the likely one. */
    private static String next(TaskDefinition live) {
        return live.family() + ":(next)";
    }

    private static String tasks(Service service) {
        return ServiceView.count(service.desiredCount()) + " desired";
    }

    private static String batch(Service service) {
        Batch batch = Batch.of(service);
        return "at least " + batch.least() + " serving and at most " + batch.most() + " there meanwhile";
    }
}
