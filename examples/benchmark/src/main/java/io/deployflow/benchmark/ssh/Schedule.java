package io.deployflow.benchmark.ssh;

import io.deployflow.benchmark.Machine;
import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.Timed;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The order in which everything is measured: from the most hosts to the fewest, all tools by turns in every round, and
 * after each run a look at every host.
 */
final class Schedule {
    /** So that no release is removed. */
    static final int KEEP_ALL = 1000;
    /** So that each deploy removes one. */
    private static final int KEEP = 3;
    /** From so many hosts on, only what must be said is repeated: the rest takes minutes a round. */
    private static final int MANY = 25;
    /** As much time as so many hosts take goes into each number of them. */
    private static final int LEAST_WEIGHT = 5;
    /**
     * So often another tool may fail in one place: with 50 hosts on one machine Capistrano's connections broke once.
     */
    private static final int FAILURES = 2;
    /** Above so many, nothing is repeated. */
    private static final int VERY_MANY = 30;

    private final TestBed bed;
    private final Source source;
    private final List<Tool> tools;
    private final TreeCheck check;
    private final Results results;
    private final int runs;
    private final Duration budget;
    private final PrintStream out;
    private long repeatUntil;
    // What the changing file says in the release that a rollback goes back to.
    private String live = "";

    /**
     * Measures.
     *
     * @param runs how often each figure is taken, at most
     * @param budget for all of it: what is late takes its figures once
     */
    Schedule(
            TestBed bed, Source source, List<Tool> tools, Results results, int runs, Duration budget, PrintStream out) {
        this.bed = bed;
        this.source = source;
        this.tools = List.copyOf(tools);
        this.check = new TreeCheck(bed.ssh(), source.directory());
        this.results = results;
        this.runs = runs;
        this.budget = budget;
        this.out = out;
    }

    /** Measures every number of hosts at every latency. */
    void run(List<Integer> hosts, List<Duration> latencies) {
        long start = System.nanoTime();
        Duration nearest = Collections.min(latencies);
        warmUp(bed.hosts(1, nearest));
        double all = hosts.stream().mapToInt(Schedule::weight).sum();
        int done = 0;
        for (int count : hosts.stream().sorted(Comparator.reverseOrder()).toList()) {
            done += weight(count);
            repeatUntil = start + (long) (budget.toNanos() * (done / all));
            measureFirst(bed.hosts(count, nearest), count > VERY_MANY ? 1 : Math.min(runs, 2));
            for (Duration latency : latencies) {
                measure(bed.hosts(count, latency));
            }
        }
    }

    private static int weight(int hosts) {
        return hosts + LEAST_WEIGHT;
    }

    /** What is read or made once a machine, such as our class-data archive, is no part of a deploy's time. */
    private void warmUp(Hosts one) {
        for (Tool tool : tools) {
            bed.empty(one, tool.deployTo());
            if (tool instanceof ShellTool plain && !tool.does(Scenario.FIRST)) {
                require(tool, plain.takeOver(one, wholeTree()));
            }
            require(tool, tool.deploy(one, KEEP_ALL));
        }
    }

    private boolean mayRepeat(int round, int most) {
        return round < most && (round == 0 || System.nanoTime() - repeatUntil < 0);
    }

    private void measureFirst(Hosts hosts, int rounds) {
        for (int round = 0; mayRepeat(round, rounds); round++) {
            for (Tool tool : turns(round)) {
                bed.empty(hosts, tool.deployTo());
                if (tool.does(Scenario.FIRST)) {
                    once(tool, Scenario.FIRST, hosts, KEEP_ALL, source.versionText());
                }
            }
        }
        // A first deploy of these is none of their figures, and takes minutes on many hosts.
        for (Tool tool : tools) {
            if (tool instanceof ShellTool plain && !tool.does(Scenario.FIRST)) {
                require(tool, plain.takeOver(hosts, wholeTree()));
            }
        }
        live = source.versionText();
    }

    private void measure(Hosts hosts) {
        int seldom = hosts.count() >= MANY ? 1 : runs;
        boolean far = !hosts.latency().isZero();
        // Both tell the same of very many hosts, and each takes minutes there: far away one of them is enough.
        for (int round = 0; mayRepeat(round, far && hosts.count() > VERY_MANY ? 0 : seldom); round++) {
            changeAndGoBack(hosts, round);
        }
        fill(hosts);
        int often = hosts.count() > VERY_MANY ? 1 : runs;
        for (int round = 0; mayRepeat(round, often); round++) {
            source.change();
            each(Scenario.CHANGE_AND_PRUNE, hosts, round);
        }
        // Far away and on many hosts it tells nothing that one changed file does not.
        if (!far || hosts.count() < MANY) {
            for (int round = 0; mayRepeat(round, seldom); round++) {
                each(Scenario.NO_CHANGE, hosts, round);
            }
        }
    }

    private void changeAndGoBack(Hosts hosts, int round) {
        source.change();
        for (Tool tool : turns(round)) {
            if (tool.does(Scenario.CHANGE)) {
                boolean alone = once(tool, Scenario.CHANGE, hosts, KEEP_ALL, source.versionText());
                // What a deploy left that was done again would be what its tool goes back to.
                if (alone && tool.does(Scenario.ROLLBACK)) {
                    once(tool, Scenario.ROLLBACK, hosts, KEEP_ALL, tool.before(live, source.versionTextBefore()));
                }
            }
        }
    }

    private void each(Scenario scenario, Hosts hosts, int round) {
        for (Tool tool : turns(round)) {
            if (tool.does(scenario)) {
                once(tool, scenario, hosts, KEEP, source.versionText());
            }
        }
        live = source.versionText();
    }

    /** Until each tool has as many releases as it keeps, so that the next deploy removes exactly one. */
    private void fill(Hosts hosts) {
        for (Tool tool : tools) {
            if (tool.does(Scenario.CHANGE_AND_PRUNE)) {
                for (int missing = KEEP - bed.releases(hosts, tool.deployTo()); missing > 0; missing--) {
                    require(tool, tool.deploy(hosts, KEEP_ALL));
                }
                if (bed.releases(hosts, tool.deployTo()) > KEEP) {
                    require(tool, tool.deploy(hosts, KEEP));
                }
            }
        }
    }

    /** The plain one that sends everything: what it has deployed is the tree and nothing else. */
    private Tool wholeTree() {
        return tools.stream()
                .filter(tool -> tool instanceof ShellTool && tool.does(Scenario.FIRST))
                .findFirst()
                .orElseThrow();
    }

    /** Each round another one goes first. */
    private List<Tool> turns(int round) {
        List<Tool> turned = new ArrayList<>(tools);
        Collections.rotate(turned, round);
        return turned;
    }

    /**
     * Measures one run.
     *
     * @return whether it arrived at the first try
     */
    private boolean once(Tool tool, Scenario scenario, Hosts hosts, int keep, String version) {
        Cell cell = new Cell(scenario, hosts.count(), hosts.latency());
        int failures = results.failures(cell, tool.name());
        while (!arrives(tool, cell, hosts, keep, version)) {
            if (scenario == Scenario.FIRST) {
                bed.empty(hosts, tool.deployTo());
            }
        }
        return failures == results.failures(cell, tool.name());
    }

    /** Whether it did what it was told. A rollback that fails has no second try: it would go back one further. */
    private boolean arrives(Tool tool, Cell cell, Hosts hosts, int keep, String version) {
        boolean back = cell.scenario() == Scenario.ROLLBACK;
        long before = bed.bytesSent();
        Duration busyBefore = Machine.busy();
        Timed took = back ? tool.rollback(hosts) : tool.deploy(hosts, keep);
        Timed run = took.on(Machine.busy().minus(busyBefore));
        long sent = bed.bytesSent() - before;
        if (run.status() != 0 && !back && tool.mayFail() && results.failures(cell, tool.name()) < FAILURES) {
            results.addFailure(cell, tool.name(), run);
            out.printf("%s ended with %d: %s%n", tool.name(), run.status(), run.complaint());
            return false;
        }
        require(tool, run);
        List<String> problems = check.problems(hosts, tool.deployTo(), version, cell.scenario() == Scenario.FIRST);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(tool.name() + ": " + String.join("\n", problems) + "\n" + run.output());
        }
        if (tool.does(cell.scenario())) {
            results.add(cell, tool.name(), run);
            if (sent > 0) {
                results.addSent(cell, tool.name(), sent);
            }
            tell(cell, tool, run);
        }
        return true;
    }

    private static void require(Tool tool, Timed run) {
        if (run.status() != 0) {
            throw new IllegalStateException(tool.name() + " ended with " + run.status() + ": " + run.output());
        }
    }

    private void tell(Cell cell, Tool tool, Timed run) {
        out.printf(
                Locale.ROOT,
                "%2d hosts  %2d ms  %-25s  %-17s  %6.2f s  processor %5.2f s%n",
                cell.hosts(),
                cell.latency().toMillis(),
                cell.scenario().title(),
                tool.name(),
                run.wall().toMillis() / 1000.0,
                run.cpu().toMillis() / 1000.0);
    }
}
