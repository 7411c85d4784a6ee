package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sees whether each host really serves the tree: a figure of a deploy that did not arrive counts for nothing. What
 * tools add themselves, {@code REVISION}, is left out.
 */
final class TreeCheck {
    private static final String LISTING = "find . -path ./.git -prune -o -type f ! -path ./REVISION -printf '%s %p\\n'"
            + " | LC_ALL=C sort | sha256sum";
    private static final String CONTENT = "find . -path ./.git -prune -o -type f ! -path ./REVISION ! -path ./"
            + Source.CHANGING + " -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum";

    private final ParallelSsh ssh;
    private final String listing;
    private final String content;

    TreeCheck(ParallelSsh ssh, Path source) {
        this.ssh = ssh;
        this.listing = local(source, LISTING);
        this.content = local(source, CONTENT);
    }

    /**
     * Compares names and sizes, and the content of what changes; of every file where asked to.
     *
     * @param version what the changing file must say
     * @param everyFile whether every file is read
     * @return what is wrong; empty if nothing is
     */
    List<String> problems(Hosts hosts, String deployTo, String version, boolean everyFile) {
        String script = "cd %s/current/ && printf '=%%s|%%s|%%s\\n' \"$(%s)\" \"$(cat %s)\" \"$(%s)\""
                .formatted(deployTo, LISTING, Source.CHANGING, everyFile ? CONTENT : "true");
        Timed answers = TimedCommand.run(List.of("sh", "-c", ssh.onEach(hosts, script, "/dev/null")), Map.of());
        String expected = "=" + listing + "|" + version.strip() + "|" + (everyFile ? content : "");
        long right = answers.output().lines().filter(expected::equals).count();
        if (right == hosts.count()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        problems.add("%d of %d hosts do not serve %s in %s"
                .formatted(hosts.count() - right, hosts.count(), version.strip(), deployTo));
        answers.output().lines().filter(line -> !line.equals(expected)).limit(3).forEach(problems::add);
        return problems;
    }

    private static String local(Path source, String script) {
        return TimedCommand.run(
                        List.of("sh", "-c", "cd " + ParallelSsh.quoted(source.toString()) + " && " + script), Map.of())
                .output();
    }
}
