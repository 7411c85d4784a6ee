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

    /**
     * Everything that ECS says about a task and what its container wrote, in lower case, and how that ended. What an
     * application writes of its own troubles uses the same words as ECS: only what a shell or the system says in its
     * place is looked for there.
     */
    private record Evidence(String text, String log, Optional<Integer> exit) {
        boolean says(String... words) {
            return List.of(words).stream().allMatch(text::contains);
        }

        boolean saysOne(String... words) {
            return List.of(words).stream().anyMatch(text::contains);
        }

        boolean writes(String words) {
            return text.contains(words) || log.contains(words);
        }

        /** Of the image, or of what it takes to get it. */
        boolean isPull() {
            return saysOne("cannotpull", "registry auth");
        }

        /** Of the load balancer's checks. */
        boolean isHealth() {
            return saysOne("elb health checks", "health checks failed", "request timed out");
        }

        /** ECS has ended it, and kills what does not end when it is asked to. */
        boolean isStoppedForHealth() {
            return saysOne("failed elb health checks", "failed container health checks");
        }

        boolean exited(int status) {
            return exit.equals(Optional.of(status));
        }
    }

    /** In order: the first that applies is given. The words are those of ECS's own messages. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    seen -> seen.writes("exec format error")
                            || seen.says("matching platform")
                            || seen.says("no matching manifest for"),
                    "The image is for another processor than the task's: set 'image.platform', or"
                            + " 'image.layers.platforms', to what 'runtimePlatform' of the task definition says, such as"
                            + " linux/amd64 or linux/arm64."),
            new Rule(
                    seen -> seen.says("log group does not exist"),
                    "The log group of the task definition ('awslogs-group') does not exist: create it, or set"
                            + " 'awslogs-create-group' and allow the execution role logs:CreateLogGroup."),
            new Rule(
                    seen -> seen.says("cloudwatch log stream", "accessdenied"),
                    "The task's execution role may not write logs: allow logs:CreateLogStream and logs:PutLogEvents."),
            new Rule(
                    seen -> seen.saysOne(
                                    "can't find the specified secret", "invalid ssm parameters", "parameternotfound")
                            || seen.says("secrets from ssm", "invalid parameters")
                            || seen.says("secret", "resourcenotfoundexception"),
                    "A secret of the task definition does not exist: check the ARNs in its 'secrets', their region and"
                            + " their last six letters."),
            new Rule(
                    seen -> seen.saysOne("secretsmanager:", "ssm:getparameters", "kms:decrypt")
                            || seen.says("retrieve secret", "accessdenied"),
                    "The task's execution role may not read a secret of the task definition: allow"
                            + " secretsmanager:GetSecretValue or ssm:GetParameters, and kms:Decrypt for its key."),
            new Rule(
                    seen -> seen.isPull()
                            && seen.saysOne(
                                    "i/o timeout",
                                    "connection issue",
                                    "request canceled",
                                    "context deadline exceeded",
                                    "dial tcp",
                                    "no route to host"),
                    "The task cannot reach the registry: its subnet needs a route to it (a NAT gateway, a public address,"
                            + " or VPC endpoints for ecr.api, ecr.dkr and s3), and its security group must let it out."),
            new Rule(
                    seen -> seen.isPull() && seen.saysOne("denied", "authoriz", "403", "credentials"),
                    "The task's execution role may not pull the image: allow ecr:GetAuthorizationToken,"
                            + " ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer."),
            new Rule(
                    seen -> seen.says("cannotpull") && seen.saysOne("not found", "manifest unknown", "does not exist"),
                    "The registry does not have the image: was it deleted since, by a lifecycle rule perhaps, or is the"
                            + " registry another one?"),
            new Rule(
                    seen -> seen.says("cannotpull"),
                    "The task cannot reach the registry: check its subnet's route (NAT or VPC endpoint) and security"
                            + " group."),
            new Rule(
                    seen -> seen.says("outofmemory") || (seen.exited(SIGNALLED + 9) && !seen.isStoppedForHealth()),
                    "The container was killed, most likely for want of memory: raise 'memory' in the task"
                            + " definition."),
            new Rule(
                    seen -> seen.exited(127) || seen.writes("executable file not found"),
                    "The container's command is not in the image: check CMD, ENTRYPOINT and 'command'."),
            new Rule(
                    seen -> seen.exited(126),
                    "The container's command cannot be run: check its permissions and its first line."),
            new Rule(
                    seen -> seen.says("did not have a container port"),
                    "The service's load balancer is set to a port that the container does not have: make"
                            + " 'containerPort' of the service and 'portMappings' of the task definition the same."),
            new Rule(
                    seen -> seen.isHealth() && seen.says("with these codes"),
                    "The application answers the health check with another status than the target group expects: check"
                            + " the target group's path and codes against what the application serves there."),
            new Rule(
                    seen -> seen.isHealth()
                            && (seen.says("timed out") || seen.says("health checks failed") || seen.says("refused")),
                    "Nothing answers where the load balancer asks: the application listens on another port than"
                            + " 'containerPort', or on 127.0.0.1 alone, or a security group is in between, or it starts"
                            + " more slowly than 'healthCheckGracePeriodSeconds' allows."),
            new Rule(
                    seen -> seen.says("elb health checks"),
                    "The application starts but does not answer the load balancer as it should: check the target"
                            + " group's path, port and codes, and 'healthCheckGracePeriodSeconds'."),
            new Rule(
                    seen -> seen.says("container health checks"),
                    "The application starts but its health command fails: check 'healthCheck' in the task"
                            + " definition."),
            new Rule(
                    seen -> seen.says("unable to stop or start tasks"),
                    "Neither may a task be stopped nor another be started: lower minimumHealthyPercent or raise"
                            + " maximumPercent of the service."),
            new Rule(
                    seen -> seen.saysOne("unable to place", "capacity is unavailable", "insufficient"),
                    "The cluster has no room for one more task: add capacity, ask for less cpu or memory, or lower"
                            + " minimumHealthyPercent so that an old task may be stopped first."),
            new Rule(
                    seen -> seen.says("alarms went off"),
                    "An alarm of the service went off while the release was rolled out: look at what it measures."),
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
     * @param complaint what the load balancer says of one of the tasks, if it was not healthy
     */
    static Diagnosis of(Task task, Optional<Container> container, List<String> log, Optional<String> complaint) {
        String reason = text(task.stoppedReason());
        String detail = container.map(Container::reason).map(Diagnosis::text).orElse("");
        Optional<Integer> exit = container.map(Container::exitCode);
        Evidence evidence = evidence(reason + " " + detail + " " + complaint.orElse(""), String.join(" ", log), exit);
        String what = task.stopCodeAsString() + ": " + reason
                + (detail.isEmpty() || reason.contains(detail) ? "" : " (" + detail + ")")
                + container
                        .map(one -> "; container " + one.name()
                                + exit.map(status -> " exited with " + status).orElse(""))
                        .orElse("");
        return new Diagnosis(what, remedy(evidence).orElse(""));
    }

    /** What most likely helps where ECS or a load balancer says this, and no task has stopped. */
    static Optional<String> remedy(String said) {
        return remedy(evidence(said, "", Optional.empty()));
    }

    private static Evidence evidence(String said, String log, Optional<Integer> exit) {
        return new Evidence(said.toLowerCase(Locale.ROOT), log.toLowerCase(Locale.ROOT), exit);
    }

    private static Optional<String> remedy(Evidence evidence) {
        return RULES.stream()
                .filter(rule -> rule.applies().test(evidence))
                .map(Rule::remedy)
                .findFirst();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
