package io.deployflow.embedding;

import io.deployflow.DeployFile;
import io.deployflow.DeployOptions;
import io.deployflow.Deployer;
import io.deployflow.Report;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A team's own deploy tool: takes the same revision to several targets, one after the other, tells the team's room, and
 * stops at the first target that fails, so that production is never reached by what broke staging.
 */
public final class TeamDeploy {
    private final Deployer deployer;
    private final PrintStream room;

    TeamDeploy(Deployer deployer, PrintStream room) {
        this.deployer = deployer;
        this.room = room;
    }

    /** {@code TeamDeploy deploy.yml REVISION TARGET...} */
    public static void main(String[] args) {
        DeployFile file = DeployFile.read(Path.of(args[0]));
        List<String> targets = List.of(args).subList(2, args.length);
        try (Deployer deployer = Deployer.builder()
                .deployFile(file)
                .listener(announcer(System.out))
                .build()) {
            System.exit(new TeamDeploy(deployer, System.out).promote(args[1], targets) ? 0 : 1);
        }
    }

    /** Tells the room of what a person would want to hear at once. */
    static DeployListener announcer(PrintStream room) {
        return event -> {
            if (event instanceof DeployEvent.PhaseStarted started) {
                room.printf("%s: %s%n", started.target(), started.phase().word());
            } else if (event instanceof DeployEvent.Warning warning) {
                room.printf("%s: careful: %s%n", warning.target(), warning.message());
            }
        };
    }

    /** Whether every target serves the revision. */
    boolean promote(String revision, List<String> targets) {
        return targets.stream().allMatch(target -> deploy(revision, target));
    }

    private boolean deploy(String revision, String target) {
        Report report = deployer.deploy(target, DeployOptions.defaults().withRevision(revision));
        report.failure()
                .ifPresentOrElse(
                        failure -> room.printf("%s: %s: %s%n", target, report.outcome(), failure.getMessage()),
                        () -> room.printf(
                                "%s: serves %s after %d s%n",
                                target, revision, report.timeline().total().toSeconds()));
        return report.failure().isEmpty();
    }
}
