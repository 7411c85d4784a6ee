package io.deployflow.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One command that was run to its end.
 *
 * @param status its exit status
 * @param wall from its start to its end
 * @param cpu processor time of it and its children on the machine that deploys, user and kernel mode together
 * @param machine processor time of the whole machine meanwhile: the hosts, which are on it too, included
 * @param output what it wrote, errors included
 */
public record Timed(int status, Duration wall, Duration cpu, Duration machine, String output) {
    private static final Pattern COMPLAINT =
            Pattern.compile("^[A-Za-z:]*(Error|Exception)\\b|^error", Pattern.CASE_INSENSITIVE);

    /** The line of its output that says most likely why it failed. */
    public String complaint() {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.stream()
                .filter(line -> COMPLAINT.matcher(line).find())
                .findFirst()
                .or(() -> lines.stream().reduce((one, next) -> next))
                .orElse("");
    }

    /** The same, with the time of the whole machine. */
    public Timed on(Duration wholeMachine) {
        return new Timed(status, wall, cpu, wholeMachine, output);
    }
}
