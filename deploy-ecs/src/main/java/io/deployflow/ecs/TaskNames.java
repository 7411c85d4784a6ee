package io.deployflow.ecs;

import io.deployflow.UnitResult;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Names the tasks for people: by their id alone where one service is deployed, else {@code service/task}.
 *
 * @param several whether several services are deployed together
 */
record TaskNames(boolean several) {
    private static final String OF_SERVICE = "service:";

    /** Short enough to tell tasks apart. */
    String of(Task task) {
        String own = alone(task);
        return several ? service(task).map(service -> service + "/" + own).orElse(own) : own;
    }

    /** A task that stands for itself. */
    static String alone(Task task) {
        return shortened(TaskView.id(task));
    }

    /** A task's id, short enough for people. */
    static String shortened(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    /** The service that ECS started a task for. */
    static Optional<String> service(Task task) {
        return Optional.ofNullable(task.group())
                .filter(group -> group.startsWith(OF_SERVICE))
                .map(group -> group.substring(OF_SERVICE.length()));
    }

    /** What became of a task. */
    UnitResult result(Task task, UnitResult.State state) {
        return new UnitResult(of(task), state, TaskView.detail(task), TaskView.took(task));
    }
}
