package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Timed;
import io.deployflow.sandbox.ssh.Capistrano;
import io.deployflow.sandbox.ssh.CapistranoProject;
import io.deployflow.sandbox.ssh.CapistranoRun;
import java.time.Duration;
import java.util.List;

/**
 * Capistrano with its git plugin. Its time is taken inside of its container, so starting a command there counts for
 * nothing; and its hosts read the repository from a disk, not over a network.
 */
final class CapistranoTool implements Tool {
    private final Capistrano capistrano;

    CapistranoTool(Capistrano capistrano) {
        this.capistrano = capistrano;
    }

    @Override
    public String name() {
        return "Capistrano";
    }

    @Override
    public String deployTo() {
        return "/var/www/capistrano";
    }

    @Override
    public boolean does(Scenario scenario) {
        return true;
    }

    @Override
    public Timed deploy(Hosts hosts, int keep) {
        return run(hosts, keep, "deploy");
    }

    @Override
    public Timed rollback(Hosts hosts) {
        return run(hosts, Schedule.KEEP_ALL, "deploy:rollback");
    }

    private Timed run(Hosts hosts, int keep, String task) {
        CapistranoProject project = new CapistranoProject(
                "shop", deployTo(), "main", hosts.hosts(), List.of("set :keep_releases, " + keep));
        CapistranoRun run = capistrano.run(project, "production", task);
        return new Timed(run.status(), run.wall(), run.cpu(), Duration.ZERO, run.output());
    }
}
