package io.deployflow.ecs;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** The request that starts a one-off task where a service's tasks run. */
final class TaskRuns {
    /** What {@code startedBy} may have: 128 letters, digits, {@code -}, {@code _} and {@code /}. */
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_/-]");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");
    private static final int LONGEST = 128;

    private static final String OURS = "deployflow/";

    /**
     * What the tasks before a rollout are started by. One word for everybody: only so can they be found, whoever began
     * them; the release that they run says who that was.
     */
    static final String BEFORE_ROLLOUT = OURS + "before_rollout";

    private TaskRuns() {}

    /**
     * What is to be run.
     *
     * @param taskDefinition ARN of the task definition
     * @param container the container whose command is replaced
     * @param words one word is a shell command; several are a program and its arguments
     * @param environment more variables
     */
    record Wanted(String taskDefinition, String container, List<String> words, Map<String, String> environment) {
        Wanted {
            words = List.copyOf(words);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * The request: network, launch type or capacity providers and platform are those of the service's own tasks.
     *
     * @param startedBy by which the task can be found
     */
    static RunTaskRequest request(EcsSettings settings, Service service, Wanted wanted, String startedBy) {
        RunTaskRequest.Builder request = RunTaskRequest.builder()
                .cluster(settings.cluster())
                .taskDefinition(wanted.taskDefinition())
                .count(1)
                .startedBy(startedBy)
                .enableECSManagedTags(true)
                .propagateTags(PropagateTags.TASK_DEFINITION)
                .networkConfiguration(service.networkConfiguration())
                .overrides(TaskOverride.builder()
                        .containerOverrides(override(wanted))
                        .build());
        if (service.hasCapacityProviderStrategy()
                && !service.capacityProviderStrategy().isEmpty()) {
            request.capacityProviderStrategy(service.capacityProviderStrategy());
        } else if (service.launchType() != null && service.launchType() != LaunchType.UNKNOWN_TO_SDK_VERSION) {
            request.launchType(service.launchType());
        }
        // The service describes a version also for launch types that have none, and RunTask refuses it there.
        if (service.launchType() == LaunchType.FARGATE) {
            request.platformVersion(service.platformVersion());
        }
        return request.build();
    }

    private static ContainerOverride override(Wanted wanted) {
        return ContainerOverride.builder()
                .name(wanted.container())
                .command(command(wanted.words()))
                .environment(wanted.environment().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(variable -> KeyValuePair.builder()
                                .name(variable.getKey())
                                .value(variable.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** A single plain word is the same with and without a shell, and not every image has one. */
    static List<String> command(List<String> words) {
        return words.size() == 1 && !PLAIN.matcher(words.get(0)).matches()
                ? List.of("/bin/sh", "-c", words.get(0))
                : words;
    }

    /** What a person's own tasks are started by. */
    static String startedBy(String person) {
        String by = OURS + FOREIGN.matcher(person).replaceAll("_");
        return by.substring(0, Math.min(LONGEST, by.length()));
    }
}
