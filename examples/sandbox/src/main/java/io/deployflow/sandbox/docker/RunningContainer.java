package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.List;
import java.util.Map;

/** A container that the sandbox started for itself. */
public final class RunningContainer implements AutoCloseable {
    private final Engine engine;
    private final String id;
    private final String name;

    RunningContainer(Engine engine, String id, String name) {
        this.engine = engine;
        this.id = id;
        this.name = name;
    }

    /**
     * Its name on the engine.
     *
     * @return as {@code docker ps} shows it
     */
    public String name() {
        return name;
    }

    /**
     * Where a port is published.
     *
     * @param containerPort one of the ports of its {@link ContainerSettings}
     * @return the port of 127.0.0.1
     * @throws SandboxException with the container's last words when it has ended
     */
    public int publishedPort(int containerPort) {
        Map<Integer, Integer> ports = PublishedPorts.of(engine.inspect(id));
        Integer port = ports.get(containerPort);
        if (port == null) {
            throw new SandboxException("The container " + name + " publishes no port " + containerPort + ": " + log());
        }
        return port;
    }

    /**
     * Whether its process runs.
     *
     * @return false once it has ended
     */
    public boolean isRunning() {
        InspectContainerResponse.ContainerState state = engine.inspect(id).getState();
        return Boolean.TRUE.equals(state.getRunning());
    }

    /**
     * What it wrote last.
     *
     * @return at most 20 lines
     */
    public String log() {
        return ContainerLog.text(engine.client(), id, 20);
    }

    /**
     * Writes files into it.
     *
     * @param files content by path below the folder
     * @param folder an absolute path that is there
     */
    public void write(Map<String, byte[]> files, String folder) {
        engine.client()
                .copyArchiveToContainerCmd(id)
                .withRemotePath(folder)
                .withTarInputStream(BuildContext.of(files))
                .exec();
    }

    /**
     * Runs a command in it to its end.
     *
     * @param folder its working directory
     * @param words the command
     * @return how it ended
     * @throws SandboxException when the engine cannot run it
     */
    public CommandEnd exec(String folder, String... words) {
        return ContainerCommand.run(engine.client(), id, folder, List.of(words));
    }

    /** Kills and removes it, with its data. */
    @Override
    public void close() {
        engine.remove(id);
    }
}
