package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Deployer;
import io.deployflow.Target;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A deploy in a process of its own that ends itself as SIGKILL would, at a moment that is named: no cleanup, no hooks.
 * Arguments: source, identity, known_hosts, deploy_to, the moment, hosts.
 */
final class HaltedDeploy {
    private HaltedDeploy() {}

    /** Exit status of a process that reached its moment. */
    static final int HALTED = 137;

    /** Deploys a story's application to its hosts by such a process, and sees it end at the moment. */
    static void of(Story story, String moment) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HaltedDeploy.class.getName(),
                story.source.toString(),
                Objects.requireNonNull(story.settings.identity).toString(),
                story.settings.knownHosts.toString(),
                story.settings.deployTo,
                moment));
        words.addAll(story.settings.hosts);
        List<String> lines = new ArrayList<>();
        int status = new LocalCommand(words, story.source, Map.of()).run(lines::add, CancellationToken.create());
        assertThat(status).as(String.join("\n", lines)).isEqualTo(HALTED);
    }

    public static void main(String[] args) {
        TestSettings settings = new TestSettings();
        settings.identity = Path.of(args[1]);
        settings.knownHosts = Path.of(args[2]);
        settings.deployTo = args[3];
        settings.hosts = List.of(args).subList(5, args.length);
        settings.parallel = 1;
        try (Deployer deployer = Deployer.builder()
                .application(new Application("shop", Path.of(args[0])))
                .target(Target.of("classic", "ssh", settings.make()))
                .listener(event -> {
                    if (moment(event).equals(args[4])) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                })
                .build()) {
            deployer.deploy("classic").orThrow();
        }
    }

    private static String moment(DeployEvent event) {
        if (event instanceof DeployEvent.UnitChanged changed) {
            return event.phase().word() + " " + changed.state();
        }
        if (event instanceof DeployEvent.Progress progress) {
            return progress.done() > 0 ? "push progress" : "";
        }
        return event instanceof DeployEvent.PhaseStarted ? event.phase().word() + " started" : "";
    }
}
