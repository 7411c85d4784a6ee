package io.deployflow.benchmark;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Behind {@code bin/try}: starts a sandbox, takes both roads through every scenario, and ends with a table. */
@Command(name = "try", description = "Deploys the Puma application by both roads, under traffic, on this machine.")
final class Try implements Callable<Integer> {
    private static final int HOSTS = 2;

    @Option(names = "--keep", description = "Leaves everything running for a look, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--root", required = true, hidden = true, description = "The project's root.")
    private Path root = Path.of(".");

    private final PrintStream out = System.out;

    private Try() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Try()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("deployflow-try-");
        long start = System.nanoTime();
        try (Sandbox sandbox = Sandbox.builder()
                .ecsService(true)
                .sshHosts(HOSTS)
                .folder(folder)
                .start()) {
            out.printf("Starting the sandbox: %s s%n%n", since(start));
            boolean passed = demonstrate(sandbox, folder);
            if (keep) {
                stay(sandbox, folder);
            }
            return passed ? 0 : 1;
        } finally {
            Folders.delete(folder);
        }
    }

    private boolean demonstrate(Sandbox sandbox, Path folder) throws IOException {
        DemoApplication application =
                DemoApplication.copyOf(root.resolve("examples/apps/puma"), folder.resolve("shop"));
        Path deployFile = Files.writeString(folder.resolve("deploy.yml"), sandbox.deployFile(application.directory()));
        DeployCommand command = new DeployCommand(
                root.resolve("bin/deployflow"), deployFile, sandbox.environment(), folder.resolve("errors"));
        // Its class-data archive is made by the first command there is: once a machine, so not part of a deploy's time.
        command.run("status", "containers", (phase, took) -> {});
        List<Road> roads = roads(sandbox);
        try (Demo demo = new Demo(command, roads, out)) {
            List<Result> results = demo.play(Demo.scenarios(application));
            demo.close();
            return conclude(results, roads, demo);
        }
    }

    private static List<Road> roads(Sandbox sandbox) {
        return List.of(
                new Road("containers", "containers", List.of(sandbox.loadBalancerUrl())),
                new Road(
                        "hosts",
                        "hosts",
                        sandbox.sshHosts().stream().map(SshHost::appUrl).toList()));
    }

    private boolean conclude(List<Result> results, List<Road> roads, Demo demo) {
        out.printf(
                "%nSeconds of each phase; containers: 2 tasks, ECS's delays compressed; hosts: %d, over SSH.%n%n%s%n%n",
                HOSTS, ResultTable.of(results));
        boolean served = true;
        for (Road road : roads) {
            Client.Count count = demo.count(road);
            out.printf(
                    "%s: %,d requests by clients meanwhile, %d failed%s%n",
                    road.name(),
                    count.requests(),
                    count.failed(),
                    count.firstFailure().isEmpty() ? "" : ", the first: " + count.firstFailure());
            served &= count.failed() == 0 && count.requests() > 0;
        }
        return served && results.stream().allMatch(result -> result.problem().isEmpty());
    }

    private void stay(Sandbox sandbox, Path folder) throws InterruptedException {
        out.printf(
                "%nLeft running until Ctrl-C: the containers' load balancer is %s, deploy.yml is in %s%n",
                sandbox.loadBalancerUrl(), folder);
        sandbox.environment().forEach((name, value) -> out.printf("export %s='%s'%n", name, value));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
        ended.await();
    }

    private static String since(long start) {
        return ResultTable.seconds(Duration.ofNanos(System.nanoTime() - start));
    }
}
