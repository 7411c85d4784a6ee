package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs one command in a running container, and keeps what it writes. */
final class ContainerCommand extends ResultCallback.Adapter<Frame> {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private ContainerCommand() {}

    /**
     * Runs it to its end.
     *
     * @param folder its working directory
     * @throws SandboxException when the engine cannot run it
     */
    static CommandEnd run(DockerClient client, String containerId, String folder, List<String> words) {
        try (ContainerCommand command = new ContainerCommand()) {
            String exec = client.execCreateCmd(containerId)
                    .withCmd(words.toArray(String[]::new))
                    .withWorkingDir(folder)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            client.execStartCmd(exec).exec(command).awaitCompletion();
            long status = client.inspectExecCmd(exec).exec().getExitCodeLong();
            return new CommandEnd(Math.toIntExact(status), command.output.toString(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new SandboxException(
                    "Cannot run '" + String.join(" ", words) + "' in a container: " + EngineErrors.message(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while '" + String.join(" ", words) + "' ran in a container", e);
        }
    }

    @Override
    public void onNext(Frame frame) {
        output.writeBytes(frame.getPayload());
    }
}
