package io.deployflow.benchmark.claims;

import io.deployflow.sandbox.ssh.CapistranoProject;
import io.deployflow.sandbox.ssh.CapistranoRun;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Debian's Capistrano, with the hook that restarts the application as Capistrano's own documentation has it.
 *
 * @param bed where
 */
record CapistranoRoad(Bed bed) implements Road {
    static final String NAME = "Capistrano 3.17 by SSH";
    private static final List<String> MORE =
            List.of("append :linked_dirs, \"log\", \"tmp/pids\"", "set :keep_releases, 5", """
            namespace :shop do
              task :restart do
                on roles(:app) do
                  within(release_path) { execute "bin/restart" }
                end
              end
            end
            after "deploy:publishing", "shop:restart"
            """);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<URI> addresses() {
        return Bed.addresses(bed.hostsOfCapistrano());
    }

    @Override
    public Took deploy() {
        return run("deploy");
    }

    @Override
    public Took rollback() {
        return run("deploy:rollback");
    }

    private Took run(String task) {
        String branch = bed.sh("git symbolic-ref --short HEAD").output().strip();
        CapistranoProject project =
                new CapistranoProject("shop", "/var/www/shop", branch, bed.hostsOfCapistrano(), MORE);
        CapistranoRun run = bed.main().capistrano().run(project, "production", task);
        return new Took(run.status(), run.wall(), Map.of(), LastLines.of(run.output()));
    }
}
