package io.deployflow.ecs;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Why a task stopped, and what most likely helps.
 *
 * @param what what ECS says about the task, in one line
 * @param remedy one sentence with the likely cause and what to do; empty if nothing is known
 */
record Diagnosis(String what, String remedy) {
    private static final int SIGNALLED = 128;

    private record Rule(Predicate<Evidence> applies, String remedy) {}

    /** Everything that ECS and the logs say about a task, in lower case, and how its container ended. */
    private record Evidence(String text, Optional<Integer> exit) {
        boolean says(String... words) {
            return List.of(words).stream().allMatch(text::contains);
        }

        boolean exited(int status) {
            return exit.equals(Optional.of(status));
        }
    }

    /** In order: the first that applies is given. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    seen -> seen.says("cannotpull", "not found") || seen.says("cannotpull", "manifest unknown"),
                    "The registry does not have the image: was it deleted since, or is the registry another one?"),
            new Rule(
                    seen -> seen.says("cannotpull", "denied")
                            || seen.says("cannotpull", "authoriz")
                            || seen.says("cannotpull", "403")
                            || seen.says("cannotpull", "credentials"),
                    "The task's execution role may not pull the image: allow ecr:GetAuthorizationToken,"
                            + " ecr:BatchGetImage and ecr:GetDownloadUrlForLayer."),
            new Rule(
                    seen -> seen.says("cannotpull"),
                    "The task cannot reach the registry: check its subnet's route (NAT or VPC endpoint) and security"
                            + " group."),
            new Rule(
                    seen -> seen.says("resourceinitializationerror", "secret"),
                    "The task's execution role cannot read a secret of the task definition, or the secret is gone."),
            new Rule(
                    seen -> seen.says("outofmemory") || seen.exited(SIGNALLED + 9),
                    "The container was killed, most likely for want of memory: raise 'memory' in the task"
                            + " definition."),
            new Rule(
                    seen -> seen.says("exec format error"),
                    "The image is for another processor: set 'image.platform' to the task's platform."),
            new Rule(
                    seen -> seen.exited(127) || seen.says("executable file not found"),
                    "The container's command is not in the image: check CMD, ENTRYPOINT and 'command'."),
            new Rule(
                    seen -> seen.exited(126),
                    "The container's command cannot be run: check its permissions and its first line."),
            new Rule(
                    seen -> seen.says("elb health checks"),
                    "The application starts but does not answer the load balancer as it should: check the target"
                            + " group's path, port and codes, and 'healthCheckGracePeriodSeconds'."),
            new Rule(
                    seen -> seen.says("container health checks"),
                    "The application starts but its health command fails: check 'healthCheck' in the task"
                            + " definition."),
            new Rule(
                    seen -> seen.exited(0), "The container's command ended by itself: it must stay in the foreground."),
            new Rule(
                    seen -> seen.exit().isPresent(),
                    "The application ends right after it starts: its last lines say why."));

    Diagnosis {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * Diagnoses a task that stopped.
     *
     * @param log the last lines that its container wrote
     */
    static Diagnosis of(Task task, Optional<Container> container, List<String> log) {
        String reason = text(task.stoppedReason());
        String detail = container.map(Container::reason).map(Diagnosis::text).orElse("");
        Optional<Integer> exit = container.map(Container::exitCode);
        Evidence evidence =
                new Evidence((reason + " " + detail + " " + String.join(" ", log)).toLowerCase(Locale.ROOT), exit);
        String what = task.stopCodeAsString() + ": " + reason
                + (detail.isEmpty() || reason.contains(detail) ? "" : " (" + detail + ")")
                + exit.map(status -> "; container " + container.get().name() + " exited with " + status)
                        .orElse("");
        return new Diagnosis(
                what,
                RULES.stream()
                        .filter(rule -> rule.applies().test(evidence))
                        .map(Rule::remedy)
                        .findFirst()
                        .orElse(""));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
