package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.ClassArchive;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** This project's command line, as a person starts it, with default settings. */
final class DeployflowTool implements Tool {
    private final Path launcher;
    private final ParallelSsh ssh;
    private final Path source;
    private final Path work;

    DeployflowTool(Path launcher, ParallelSsh ssh, Path source, Path work) {
        this.launcher = launcher;
        this.ssh = ssh;
        this.source = source;
        this.work = work;
    }

    @Override
    public String name() {
        return "deployflow";
    }

    @Override
    public String deployTo() {
        return "/var/www/deployflow";
    }

    @Override
    public boolean does(Scenario scenario) {
        return true;
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Timed deploy(Hosts hosts, int keep) {
        return run("deploy", hosts, keep);
    }

    @Override
    public Timed rollback(Hosts hosts) {
        return run("rollback", hosts, Schedule.KEEP_ALL);
    }

    /** A release that was good stays one, also when it was undone by hand. */
    @Override
    public String before(String live, String last) {
        return last;
    }

    private Timed run(String verb, Hosts hosts, int keep) {
        Path file = work.resolve(hosts.name() + "-" + keep + ".yml");
        try {
            Files.writeString(file, deployFile(hosts, keep));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        Timed run = TimedCommand.run(
                List.of(launcher.toString(), verb, "hosts", "--file", file.toString(), "--output", "plain"), Map.of());
        ClassArchive.await(launcher);
        return run;
    }

    private String deployFile(Hosts hosts, int keep) {
        String addresses = hosts.hosts().stream().map(SshHost::address).collect(Collectors.joining("\", \""));
        return """
                application: shop
                source: "%s"
                targets:
                  hosts:
                    type: ssh
                    hosts: ["%s"]
                    identity: "%s"
                    known_hosts: "%s"
                    deploy_to: %s
                    keep_releases: %d
                """.formatted(source, addresses, ssh.identity(), ssh.knownHosts(), deployTo(), keep);
    }
}
