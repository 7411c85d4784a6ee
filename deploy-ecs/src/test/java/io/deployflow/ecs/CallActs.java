package io.deployflow.ecs;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployOptions;
import io.deployflow.LogQuery;
import io.deployflow.OneOffTask;
import io.deployflow.Phase;
import io.deployflow.event.DeployEvent;
import io.deployflow.sandbox.simulated.Script;
import io.deployflow.sandbox.team.Team;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Secret;

/** What a person does in a {@link CallScene}, and what they find before. */
final class CallActs {
    private static final Script MIGRATION = Script.GOOD.writing("migrated").exiting(Duration.ofSeconds(1), 0);

    private CallActs() {}

    static CancellationToken token() {
        return CancellationToken.create();
    }

    /** A deploy that must go well. */
    static void deployed(CallStage stage) {
        stage.deploy(Script.GOOD).orThrow();
    }

    static void deployedTwice(CallStage stage) {
        deployed(stage);
        deployed(stage);
    }

    static CallVerdict deploy(CallStage stage) {
        return CallVerdict.of(stage.deploy(Script.GOOD));
    }

    static CallVerdict broken(CallStage stage) {
        Script crash = Script.GOOD.writing("no table").exiting(Duration.ofSeconds(1), 3);
        return CallVerdict.ofBroken(stage.deploy(crash), "exited with 3");
    }

    static CallVerdict cancelled(CallStage stage) {
        CancellationToken token = token();
        stage.onEvent = event -> {
            if (event instanceof DeployEvent.Progress progress && progress.phase() == Phase.ROLLOUT) {
                token.cancel();
            }
        };
        Script slow = Script.GOOD.taking(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(1));
        return CallVerdict.ofBroken(stage.deploy(CallStage.TARGET, slow, token), "cancelled");
    }

    static CallVerdict rolledBack(CallStage stage) {
        return CallVerdict.of(stage.deployer().rollback(CallStage.TARGET));
    }

    static CallVerdict status(CallStage stage) {
        return told(stage.deployer().status(CallStage.TARGET).live().isPresent());
    }

    static CallVerdict timeline(CallStage stage) {
        return told(!stage.deployer().past(CallStage.TARGET).isEmpty());
    }

    static CallVerdict plan(CallStage stage) {
        return told(!stage.deployer()
                .plan(CallStage.TARGET, DeployOptions.defaults())
                .predictions()
                .isEmpty());
    }

    /** Has the service run a task definition that names roles and secrets, of a repository whose tags stay. */
    static void furnished(CallStage stage) {
        stage.tell("iam", """
                {"roles":[{"roleName":"task"},{"roleName":"execution","policies":[{"Statement":[
                  {"Effect":"Allow","Action":["ecr:*","logs:*","secretsmanager:*","ssm:*"],"Resource":"*"}]}]}]}""");
        String secret = stage.clients
                .secrets()
                .createSecret(request -> request.name("shop/database").secretString("db"))
                .arn();
        stage.clients
                .parameters()
                .putParameter(request -> request.name("/shop/key").value("key").type("SecureString"));
        stage.clients
                .ecr()
                .putImageTagMutability(
                        request -> request.repositoryName(Team.REPOSITORY).imageTagMutability("IMMUTABLE"));
        var live = stage.gateway()
                .taskDefinition(stage.gateway().service(CallStage.SERVICE).taskDefinition());
        String arn = stage.clients
                .ecs()
                .registerTaskDefinition(TaskDefinitions.asRequest(live.definition(), List.of()).toBuilder()
                        .executionRoleArn(role(stage, "execution"))
                        .taskRoleArn(role(stage, "task"))
                        .containerDefinitions(live.definition().containerDefinitions().get(0).toBuilder()
                                .secrets(secret("DATABASE", secret), secret("KEY", "/shop/key"))
                                .build())
                        .build())
                .taskDefinition()
                .taskDefinitionArn();
        stage.clients.ecs().updateService(ServiceUpdates.to(stage.settings, CallStage.SERVICE, arn));
        stage.settle();
    }

    private static String role(CallStage stage, String name) {
        String account = stage.gateway().service(CallStage.SERVICE).serviceArn().split(":", -1)[4];
        return "arn:aws:iam::" + account + ":role/" + name;
    }

    private static Secret secret(String name, String from) {
        return Secret.builder().name(name).valueFrom(from).build();
    }

    static CallVerdict verified(CallStage stage) {
        return CallVerdict.of(stage.deployer().verify(CallStage.TARGET));
    }

    /** From here on a container of what serves does its work and ends. */
    static void migrationIsDeployed(CallStage stage) {
        deployed(stage);
        stage.behave(MIGRATION);
    }

    static CallVerdict run(CallStage stage) {
        return CallVerdict.of(stage.deployer().run(CallStage.TARGET, OneOffTask.of("bin/migrate"), token()));
    }

    static CallVerdict stopARun(CallStage stage) {
        CancellationToken token = token();
        stage.onEvent = event -> {
            if (event instanceof DeployEvent.Output output && output.line().equals("listening")) {
                token.cancel();
            }
        };
        try {
            stage.deployer().run(CallStage.TARGET, OneOffTask.of("sleep"), token);
            throw new AssertionError("a task that sleeps for ever was called a success");
        } catch (DeployCancelledException e) {
            boolean goesOn = !stage.oneOffs(DesiredStatus.RUNNING).isEmpty();
            return goesOn ? CallVerdict.warned(stage, "may still run") : CallVerdict.DONE;
        }
    }

    static CallVerdict logs(CallStage stage) {
        LogQuery hours = new LogQuery(false, Optional.of(Duration.ofHours(9)), Optional.empty(), Optional.empty());
        CallVerdict verdict = CallVerdict.of(stage.deployer().logs(CallStage.TARGET, hours, token()));
        return verdict.isDone() ? told(stage.lines().contains("listening")) : verdict;
    }

    static void scaledDown(CallStage stage) {
        stage.deployer().scale(CallStage.TARGET, 1, Optional.empty(), token()).orThrow();
    }

    static CallVerdict scaled(CallStage stage) {
        return CallVerdict.of(stage.deployer().scale(CallStage.TARGET, 3, Optional.empty(), token()));
    }

    static CallVerdict pruned(CallStage stage) {
        return CallVerdict.of(stage.deployer().prune(CallStage.TIDY, token()));
    }

    static CallVerdict imported(CallStage stage) {
        return told(ServiceImporter.read(stage.clients, stage.settings, Path.of("nowhere"), "x")
                .deployFile()
                .contains("service: puma"));
    }

    /** What is wrong with the name is to be said, whether or not a better one is known. */
    static CallVerdict mistyped(CallStage stage) {
        try {
            stage.deployer().status(CallStage.MISTYPED);
            throw new AssertionError("a service that is not there has a status");
        } catch (ConfigurationException e) {
            return told(String.valueOf(e.getMessage()).contains("has no service 'pum'"));
        }
    }

    private static CallVerdict told(boolean isRight) {
        if (!isRight) {
            throw new AssertionError("told something else");
        }
        return CallVerdict.DONE;
    }
}
