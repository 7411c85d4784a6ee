package io.deployflow.internal.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the processes of a run by a variable in their environment, which also those have that left their parents and
 * their process group. Where there is no {@code /proc}, none are found.
 *
 * @param variable as it stands in the environment, {@code NAME=VALUE}
 */
record MarkedProcesses(String variable) {
    private static final Logger LOG = LoggerFactory.getLogger(MarkedProcesses.class);
    private static final Path PROC = Path.of("/proc");
    /** A process that is found may just have started another. */
    private static final int LOOKS = 5;

    /** Ends them at once. */
    void kill() {
        for (int look = 0; look < LOOKS; look++) {
            List<ProcessHandle> found = find();
            if (found.isEmpty()) {
                return;
            }
            found.forEach(ProcessHandle::destroyForcibly);
        }
    }

    List<ProcessHandle> find() {
        if (!Files.isDirectory(PROC)) {
            return List.of();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(this::isMarked)
                .toList();
    }

    private boolean isMarked(ProcessHandle process) {
        Path environment = PROC.resolve(String.valueOf(process.pid())).resolve("environ");
        try {
            // Bytes as chars: a variable need not be text.
            String all = new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1);
            return Stream.of(all.split("\0", -1)).anyMatch(variable::equals);
        } catch (IOException e) {
            LOG.trace("process {} is another user's, or gone", process.pid(), e);
            return false;
        }
    }

    /** The program of a shell's that starts another one in a process group of its own, if there is one. */
    static Optional<String> groupLeader() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
    }
}
