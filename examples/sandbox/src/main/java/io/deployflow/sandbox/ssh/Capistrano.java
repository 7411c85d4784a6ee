package io.deployflow.sandbox.ssh;

import io.deployflow.sandbox.docker.ContainerSettings;
import io.deployflow.sandbox.docker.Engine;
import io.deployflow.sandbox.docker.ImageStore;
import io.deployflow.sandbox.docker.RunningContainer;
import io.deployflow.sandbox.docker.SandboxException;
import io.deployflow.sandbox.docker.SandboxImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Debian's Capistrano in a container that shares the machine's network, so that it reaches whatever listens on
 * 127.0.0.1: the hosts, and anything put before them. Give it hosts that were started with git.
 */
public final class Capistrano {
    /** Where hosts that were started with git see the repository. */
    public static final String REPOSITORY = "/srv/repository";

    /** The person that it deploys as. */
    public static final String PERSON = "capistrano";

    static final String IDENTITY = "/capistrano/id";
    static final String KNOWN_HOSTS = "/capistrano/known_hosts";
    private static final String FOLDER = "/capistrano/";
    // The time goes to a file of its own: Capistrano's output is free of it.
    // On 50 hosts it stood still once, until it was ended.
    private static final String RUN = """
            TIMEFORMAT='%R %U %S'
            { time timeout -k 10 600 cap "$@" 2>&1; } 2>/capistrano/time
            status=$?
            [ $status != 124 ] || echo 'error: cap did not end within 10 minutes'
            echo
            cat /capistrano/time
            exit $status
            """;

    private final RunningContainer container;

    private Capistrano(RunningContainer container) {
        this.container = container;
    }

    /**
     * Starts it; it goes with its engine.
     *
     * @param engine runs it
     * @param images where its image comes from
     * @param hosts whose key and known hosts it uses
     * @return ready to run
     * @throws SandboxException when it cannot be started
     */
    public static Capistrano start(Engine engine, ImageStore images, SshHosts hosts) {
        String image = images.ensure(SandboxImage.CAPISTRANO);
        RunningContainer container = engine.run(new ContainerSettings("capistrano", image, Map.of(), List.of(), true));
        try {
            Map<String, byte[]> files = Map.of(
                    "id", Files.readAllBytes(hosts.identity()), "known_hosts", Files.readAllBytes(hosts.knownHosts()));
            container.write(files, FOLDER);
        } catch (IOException e) {
            throw new SandboxException("Cannot read the keys of the SSH hosts", e);
        }
        return new Capistrano(container);
    }

    /**
     * Trusts more host keys: of addresses under which the hosts are reached too.
     *
     * @param knownHosts the whole file's text
     */
    public void trust(String knownHosts) {
        container.write(Map.of("known_hosts", knownHosts.getBytes(StandardCharsets.UTF_8)), FOLDER);
    }

    /** Its version, such as {@code 3.17.2}, as it says itself. */
    public String version() {
        return container.exec(FOLDER, "cap", "--version").output().replaceAll("(?s).*?([0-9]+[.][0-9.]+).*", "$1");
    }

    /**
     * Runs {@code cap}.
     *
     * @param project what it deploys, and where to
     * @param words its arguments, such as {@code production deploy} or {@code production deploy:rollback}
     * @return how it ended; that it failed is no exception
     */
    public CapistranoRun run(CapistranoProject project, String... words) {
        String folder = project.application() + "/";
        Map<String, byte[]> files = new LinkedHashMap<>();
        project.files().forEach((path, content) -> files.put(folder + path, content));
        container.write(files, FOLDER);
        String[] command = Stream.concat(Stream.of("bash", "-c", RUN, "cap"), Stream.of(words))
                .toArray(String[]::new);
        return CapistranoRun.of(container.exec(FOLDER + folder, command));
    }
}
