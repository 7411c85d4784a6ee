package io.deployflow.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import io.deployflow.sandbox.port.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Reads what a container wrote. */
final class ContainerLog {
    private static final int SECONDS = 10;

    private ContainerLog() {}

    /** The newest lines, oldest first; empty when the container is gone. */
    static List<LogLine> read(DockerClient client, String containerId, int tail) {
        List<LogLine> lines = Collections.synchronizedList(new ArrayList<>());
        try (var callback = new ResultCallback.Adapter<Frame>() {
            @Override
            public void onNext(Frame frame) {
                parse(new String(frame.getPayload(), StandardCharsets.UTF_8)).ifPresent(lines::add);
            }
        }) {
            client.logContainerCmd(containerId)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTimestamps(true)
                    .withTail(tail)
                    .exec(callback)
                    .awaitCompletion(SECONDS, TimeUnit.SECONDS);
        } catch (NotFoundException removed) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new SandboxException("Cannot read the log of container " + containerId, e);
        }
        return List.copyOf(lines);
    }

    static String text(DockerClient client, String containerId, int tail) {
        return read(client, containerId, tail).stream().map(LogLine::message).collect(Collectors.joining("\n"));
    }

    /** A line as the engine gives it: a time, a space, the message. */
    static Optional<LogLine> parse(String stamped) {
        String line = stamped.stripTrailing();
        int space = line.indexOf(' ');
        String time = space < 0 ? line : line.substring(0, space);
        try {
            return Optional.of(new LogLine(Instant.parse(time), space < 0 ? "" : line.substring(space + 1)));
        } catch (DateTimeParseException notStamped) {
            return Optional.empty();
        }
    }
}
