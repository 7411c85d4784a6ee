package io.deployflow.benchmark;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.ssh.SshHost;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Behind {@code bin/try}: starts a sandbox, takes both roads through every scenario, and ends with the path of a
 * report.
 */
@Command(name = "try", description = "Deploys the Puma application by both roads, under traffic, on this machine.")
final class Try implements Callable<Integer> {
    private static final int HOSTS = 2;

    @Option(names = "--keep", description = "Leaves everything running for a look, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--open", description = "Opens the report in the browser.")
    private boolean open;

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
            out.printf(
                    "Starting the sandbox: %d s%n%n",
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            int code = compare(sandbox, folder);
            if (keep) {
                stay(sandbox, folder);
            }
            return code;
        } finally {
            Folders.delete(folder);
        }
    }

    private int compare(Sandbox sandbox, Path folder) throws IOException, InterruptedException {
        DemoApplication application =
                DemoApplication.copyOf(root.resolve("examples/apps/puma"), folder.resolve("shop"));
        Path deployFile = Files.writeString(folder.resolve("deploy.yml"), sandbox.deployFile(application.directory()));
        Path report = Files.createDirectories(root.resolve(".sandbox")).resolve("try");
        Map<String, List<URI>> clients = Map.of(
                "containers",
                List.of(sandbox.loadBalancerUrl()),
                "hosts",
                sandbox.sshHosts().stream().map(SshHost::appUrl).toList());
        return new TryComparison(root.resolve("bin/deployflow"), deployFile, clients, report, open)
                .run(sandbox.environment(), out);
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
}
