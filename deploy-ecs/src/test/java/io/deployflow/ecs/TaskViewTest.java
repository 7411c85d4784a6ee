package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

class TaskViewTest {
    /** Containers as {@code NAME:EXIT:REASON}, in the order that ECS lists them. */
    @ParameterizedTest
    @CsvSource({
        "EssentialContainerExited, sidecar:143 app:1, app",
        "EssentialContainerExited, sidecar:137 app:3, app",
        "EssentialContainerExited, sidecar:143 app:0, app",
        "EssentialContainerExited, sidecar:1 app:137:OutOfMemoryError, app",
        "EssentialContainerExited, setup:0 app:137, app",
        "ServiceSchedulerInitiated, setup:0 app:143, app",
        "ServiceSchedulerInitiated, setup:0 app:137, app",
        "TaskFailedToStart, sidecar:143 app::CannotPullContainerError, app",
        "TaskFailedToStart, sidecar app::CannotStartContainerError, app",
        "EssentialContainerExited, app:0, app"
    })
    void culprit_ofATask_isWhatEndedIt(String code, String containers, String expected) {
        Task task = Task.builder()
                .stopCode(code)
                .containers(Stream.of(containers.split(" "))
                        .map(TaskViewTest::container)
                        .toList())
                .build();

        assertThat(TaskView.culprit(task)).map(Container::name).contains(expected);
    }

    private static Container container(String text) {
        String[] words = text.split(":", -1);
        Container.Builder container = Container.builder().name(words[0]);
        if (words.length > 1 && !words[1].isEmpty()) {
            container.exitCode(Integer.valueOf(words[1]));
        }
        if (words.length > 2) {
            container.reason(words[2]);
        }
        return container.build();
    }
}
