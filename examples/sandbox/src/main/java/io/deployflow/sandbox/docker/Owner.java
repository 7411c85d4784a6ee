package io.deployflow.sandbox.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that containers belong to, as a label can hold it.
 *
 * @param machine name of the machine, and of the process namespace in it
 * @param pid its process id there
 * @param started when it started, in ms since 1970: a process id alone may be taken again by another
 */
record Owner(String machine, long pid, long started) {

    static Owner thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(thisMachine(), self.pid(), startOf(self));
    }

    static Optional<Owner> parse(String label) {
        String[] parts = label.split("/", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new Owner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException notWrittenByUs) {
            return Optional.empty();
        }
    }

    String label() {
        return machine + "/" + pid + "/" + started;
    }

    /** Whether the process is known to have ended. Of another machine's process nothing is known. */
    boolean isGone() {
        return machine.equals(thisMachine())
                && ProcessHandle.of(pid)
                        .filter(found -> startOf(found) == started)
                        .isEmpty();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisMachine() {
        return hostName() + "," + processNamespace();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('/', '-');
        } catch (IOException nameless) {
            return "localhost";
        }
    }

    /** Two containers may share an engine and a kernel, yet number their processes each for itself. */
    private static String processNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException notLinux) {
            return "pid";
        }
    }
}
