package io.deployflow.benchmark;

import io.deployflow.compare.ComparisonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command {@code deployflow compare} on both roads of a sandbox, as a person runs it.
 *
 * @param launcher {@code bin/deployflow}
 * @param deployFile the {@code deploy.yml}
 * @param clients what clients of each target ask
 * @param report where the report goes, without an extension
 * @param open whether the browser is to show it
 */
record TryComparison(Path launcher, Path deployFile, Map<String, List<URI>> clients, Path report, boolean open) {
    private static final int NOT_ACCOUNTED_FOR = 1;
    private static final String NOTE =
            "containers are tasks of a simulated ECS on the local Docker engine; hosts are containers with OpenSSH on the same machine";

    /** Once each: what a person waits for at the first look. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                launcher.toString(),
                "compare",
                "containers",
                "hosts",
                "--file",
                deployFile.toString(),
                "--yes",
                "--runs",
                "1",
                "--warm-ups",
                "0",
                "--scenarios",
                "first,change,rollback,broken,scale",
                "--edit",
                "change=echo \"Hello number $DEPLOYFLOW_RUN from the shop.\" > greeting.txt",
                "--edit",
                "broken=echo 'prices are missing' > health.txt",
                "--note",
                NOTE,
                "--report",
                report.toString()));
        clients.forEach((target, addresses) ->
                addresses.forEach(address -> words.addAll(List.of("--client", target + "=" + address))));
        if (open) {
            words.add("--open");
        }
        return words;
    }

    /**
     * Runs it on this process's own terminal, and complains where the time of its runs is not accounted for.
     *
     * @param environment set on top of this process's own
     * @param out where the complaint goes
     * @return its exit code, and where that is 0 and time is not accounted for, another
     */
    int run(Map<String, String> environment, PrintStream out) throws IOException, InterruptedException {
        Path data = Path.of(report + ".json");
        Files.deleteIfExists(data); // that of another run would be judged where this one writes none
        ProcessBuilder builder = new ProcessBuilder(words()).inheritIO();
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        if (Files.notExists(data)) {
            return code;
        }
        Optional<String> complaint = new AccountedTime(ComparisonReport.ofJson(Files.readString(data))).complaint();
        complaint.ifPresent(out::println);
        return code == 0 && complaint.isPresent() ? NOT_ACCOUNTED_FOR : code;
    }
}
