package io.deployflow.sandbox.command;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.SandboxBuilder;
import io.deployflow.sandbox.Timings;
import io.deployflow.sandbox.docker.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs a sandbox until the process is asked to end (SIGTERM, SIGINT). {@code bin/sandbox up} starts it in the
 * background. It is ready when the file {@code env} is there.
 */
@Command(name = "sandbox", description = "Runs the sandbox until it is asked to end.", mixinStandardHelpOptions = true)
public final class SandboxCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxCommand.class);

    @Option(names = "--clock", description = "aws: AWS's own delays; fast: compressed. Default: ${DEFAULT-VALUE}")
    private Clock clock = Clock.fast;

    @Option(names = "--hosts", description = "How many SSH hosts. Default: ${DEFAULT-VALUE}")
    private int hosts = 2;

    @Option(names = "--third-way", description = "Containers beside the hosts run the application: target third-way.")
    private boolean thirdWay;

    @Option(names = "--folder", required = true, description = "Where env, deploy.yml and the keys are written.")
    private Path folder = Path.of(".sandbox");

    @Option(names = "--app", required = true, description = "The folder of the application that deploy.yml deploys.")
    private Path app = Path.of(".");

    /** The names that the option takes. */
    private enum Clock {
        aws,
        fast;

        private Timings timings() {
            return this == aws ? Timings.AWS : Timings.FAST;
        }
    }

    /**
     * The process's entry point.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SandboxCommand())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> failed(failure))
                .execute(args));
    }

    private static int failed(Exception failure) throws Exception {
        if (failure instanceof SandboxException) {
            LOG.error("{}", failure.getMessage());
            LOG.debug("The cause", failure);
            return 1;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SandboxBuilder builder = Sandbox.builder()
                .clock(clock.timings())
                .ecsService(true)
                .appContainers(thirdWay)
                .folder(folder);
        Sandbox sandbox = (hosts > 0 ? builder.sshHosts(hosts) : builder).start();
        publish(sandbox);
        LOG.info("The sandbox {} is ready", sandbox.id());
        // The containers go when the process is told to exit: see Engine.
        new CountDownLatch(1).await();
        return 0;
    }

    private void publish(Sandbox sandbox) throws IOException {
        write("deploy.yml", sandbox.deployFile(app.toAbsolutePath().normalize()));
        write("id", sandbox.id() + "\n");
        // Last: it says that all is ready.
        write("env", new EnvFile(sandbox.environment()).text());
    }

    /** Writes a whole file or none. */
    private void write(String name, String text) throws IOException {
        Path unfinished = Files.writeString(folder.resolve(name + ".new"), text);
        Path file = Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        file.toFile().deleteOnExit();
    }
}
