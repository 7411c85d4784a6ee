package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import io.deployflow.sandbox.ssh.SshHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A deploy as a script of a few lines: what people write who use no tool. Release directories and a link
 * {@code current}, switched by one rename; no lock, no check of what arrived, no way back where a host fails.
 */
final class ShellTool implements Tool {
    private static final String FIRST_ID = "20260101000000";

    /** How the files come to the hosts. */
    enum Way {
        /** The whole tree, packed once. */
        TAR("ssh + tar"),
        /** What has changed, into links to the last release's files. */
        RSYNC("rsync --link-dest"),
        /** The one file that is known to have changed, into hard links: the least that a deploy over ssh can be. */
        DELTA("plain ssh delta"),
        /** The same by a Java program that does nothing else: the least that a deploy over ssh can be in Java. */
        JAVA("plain JSch delta");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    private final Way way;
    private final ParallelSsh ssh;
    private final OnEachHost everywhere;
    private final Path source;
    private final Path work;
    private long id = Long.parseLong(FIRST_ID);

    ShellTool(Way way, ParallelSsh ssh, Path source, Path work) {
        this.way = way;
        this.ssh = ssh;
        this.everywhere = way == Way.JAVA ? ParallelJsch.in(work, ssh) : ssh;
        this.source = source;
        this.work = work;
    }

    @Override
    public String name() {
        return way.title;
    }

    @Override
    public String deployTo() {
        return "/var/www/" + way.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean does(Scenario scenario) {
        return switch (way) {
            case TAR -> scenario == Scenario.FIRST;
            case RSYNC -> scenario != Scenario.ROLLBACK;
            case DELTA, JAVA -> scenario != Scenario.FIRST;
        };
    }

    @Override
    public Timed deploy(Hosts hosts, int keep) {
        id++;
        return run(script(hosts, String.valueOf(id), keep));
    }

    @Override
    public Timed rollback(Hosts hosts) {
        String back = """
                set -e; cd %s
                undone=$(readlink current); id=$(ls releases | sort -r | sed -n 2p)
                """.formatted(deployTo()) + switchTo("$id") + "; mv $undone .undone.${undone#releases/}";
        return run(everywhere.onEach(hosts, back, "/dev/null"));
    }

    /** Where nothing is deployed yet, begins with what another tool has there, by links to its files. */
    Timed takeOver(Hosts hosts, Tool other) {
        return run(takeOverScript(hosts, other));
    }

    /** The whole script of that. */
    String takeOverScript(Hosts hosts, Tool other) {
        String there = "set -e; cd %1$s; cp -al %2$s/current/. releases/%3$s; "
                        .formatted(deployTo(), other.deployTo(), FIRST_ID)
                + switchTo(FIRST_ID);
        return ssh.onEach(hosts, there, "/dev/null");
    }

    /** The whole script of a deploy; plain text, for a test and for the page. */
    String script(Hosts hosts, String release, int keep) {
        return switch (way) {
            case TAR -> wholeTree(hosts, release, keep);
            case RSYNC -> ssh.each(hosts, host -> rsync(host, release, keep));
            case DELTA, JAVA -> delta(hosts, release, keep);
        };
    }

    private String wholeTree(Hosts hosts, String release, int keep) {
        String archive = work.resolve("tree.tar.gz").toString();
        String there =
                "set -e; cd %s; mkdir releases/%2$s; tar -xzf - -C releases/%2$s; ".formatted(deployTo(), release)
                        + finish(release, keep);
        return "tar -czf %s --exclude=./.git -C %s .\n"
                        .formatted(ParallelSsh.quoted(archive), ParallelSsh.quoted(source.toString()))
                + everywhere.onEach(hosts, there, archive);
    }

    private String delta(Hosts hosts, String release, int keep) {
        String archive = work.resolve("delta.tar.gz").toString();
        String there = """
                set -e; cd %s
                cp -al "$(readlink current)" releases/%2$s
                rm -f releases/%2$s/%3$s; tar -xzf - -C releases/%2$s
                """.formatted(deployTo(), release, Source.CHANGING) + finish(release, keep);
        return "tar -czf %s -C %s %s\n"
                        .formatted(ParallelSsh.quoted(archive), ParallelSsh.quoted(source.toString()), Source.CHANGING)
                + everywhere.onEach(hosts, there, archive);
    }

    private String rsync(SshHost host, String release, int keep) {
        String there = "cd " + deployTo() + " && " + finish(release, keep);
        return "rsync -a --delete --exclude=/.git --link-dest=%1$s/current -e %2$s %3$s/ %4$s@%5$s:%1$s/releases/%6$s/ && %7$s"
                .formatted(
                        deployTo(),
                        ParallelSsh.quoted(ssh.ssh() + " " + host.port()),
                        ParallelSsh.quoted(source.toString()),
                        host.user(),
                        host.host(),
                        release,
                        ssh.remote(host, there));
    }

    private static String finish(String release, int keep) {
        return switchTo(release) + " && ls -d releases/* | sort -r | tail -n +" + (keep + 1) + " | xargs -r rm -rf";
    }

    private static String switchTo(String release) {
        return "ln -s releases/%1$s .current.%1$s && mv -T .current.%1$s current".formatted(release);
    }

    private static Timed run(String script) {
        return TimedCommand.run(List.of("sh", "-c", script), Map.of());
    }
}
