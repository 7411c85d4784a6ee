package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.OneOffTask;
import io.deployflow.OperationException;
import io.deployflow.OperationReport;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Runs a person's command as a one-off task of a release. */
final class OneOffRun {
    private static final String CURRENT = "current";

    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final ReleaseHistory history;
    private final TaskRunner runner;

    OneOffRun(EcsSettings settings, EcsGateway ecs, ReleaseHistory history, TaskRunner runner) {
        this.settings = settings;
        this.ecs = ecs;
        this.history = history;
        this.runner = runner;
    }

    /** See {@link io.deployflow.spi.TargetOperations#run}. */
    OperationResult run(OneOffTask wanted, DeployContext context) {
        EcsSettings.Member member = member(wanted);
        EcsGateway.Described described = ecs.taskDefinition(taskDefinition(wanted, member, context));
        String container = TaskDefinitions.container(
                        described.definition(), wanted.container().or(member::container))
                .name();
        TaskRunner.Ended ended = runner.run(
                member.service(),
                new TaskRuns.Wanted(
                        described.definition().taskDefinitionArn(), container, wanted.words(), wanted.environment()),
                described.definition(),
                TaskRuns.startedBy(context.person()),
                context);
        return new OperationResult(List.of(unit(ended)), failure(ended));
    }

    private EcsSettings.Member member(OneOffTask wanted) {
        List<EcsSettings.Member> all = settings.members();
        if (wanted.service().isEmpty()) {
            return all.get(0);
        }
        String name = wanted.service().get();
        return all.stream()
                .filter(member -> member.service().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "the target has no service '" + name + "'",
                        Nearest.remedy(
                                "service",
                                name,
                                () -> all.stream()
                                        .map(EcsSettings.Member::service)
                                        .toList())));
    }

    private String taskDefinition(OneOffTask wanted, EcsSettings.Member member, DeployContext context) {
        Service service = ecs.service(member.service());
        Optional<String> named = wanted.release().filter(name -> !name.equals(CURRENT));
        if (named.isEmpty()) {
            return ServiceView.serving(service).orElse(service.taskDefinition());
        }
        List<EcsRelease> there = history.read(context);
        return there.stream()
                .filter(release ->
                        release.id().equals(named.get()) || release.revision().startsWith(named.get()))
                .flatMap(release -> release.part(member.service()).stream())
                .map(EcsRelease.Part::arn)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        context.target() + " has no release '" + named.get() + "'",
                        "Its releases are: "
                                + String.join(
                                        ", ", there.stream().map(EcsRelease::id).toList()) + "."));
    }

    private static OperationReport.Unit unit(TaskRunner.Ended ended) {
        Task task = ended.task();
        return new OperationReport.Unit(
                TaskNames.alone(task),
                ended.isWell(),
                ended.status().isPresent() ? "exited" : "failed",
                ended.status().isPresent()
                        ? "exit status " + ended.status().getAsInt()
                        : ended.diagnosis().what(),
                ended.status(),
                ended.took());
    }

    private static Optional<DeployException> failure(TaskRunner.Ended ended) {
        return ended.isWell()
                ? Optional.empty()
                : Optional.of(new OperationException(
                        "task " + TaskNames.alone(ended.task()) + " of "
                                + TaskDefinitions.id(ended.task().taskDefinitionArn())
                                + (ended.status().isPresent()
                                        ? " exited with " + ended.status().getAsInt()
                                        : " did not run its command to the end")
                                + ": " + ended.diagnosis().what(),
                        ended.diagnosis().remedy(),
                        TaskNames.alone(ended.task()),
                        null));
    }
}
