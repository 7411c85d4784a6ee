package io.deployflow.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes both roads through every scenario, one after the other, while clients ask for the application all along. */
final class Demo implements AutoCloseable {
    private static final int LOOKS = 20;
    private static final int FAILURE_LINES = 6;

    private final DeployCommand command;
    private final List<Road> roads;
    private final PrintStream out;
    private final Map<Road, List<Client>> clients = new HashMap<>();

    Demo(DeployCommand command, List<Road> roads, PrintStream out) {
        this.command = command;
        this.roads = List.copyOf(roads);
        this.out = out;
    }

    /** What a team does: deploys, changes a word, breaks it, goes back. */
    static List<Scenario> scenarios(DemoApplication application) {
        String first = "Hello from the shop.";
        String second = "Hello from the store.";
        return List.of(
                new Scenario("first deploy", () -> {}, "deploy", 0, first),
                new Scenario("one-word change", () -> application.greet(second), "deploy", 0, second),
                new Scenario(
                        "health check fails", () -> application.breakHealth("prices are missing"), "deploy", 5, second),
                new Scenario("rollback", () -> {}, "rollback", 0, first));
    }

    List<Result> play(List<Scenario> scenarios) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            scenario.prepare().run();
            for (Road road : roads) {
                results.add(play(scenario, road));
            }
        }
        return results;
    }

    /** What the clients of a road saw so far. */
    Client.Count count(Road road) {
        return clients.getOrDefault(road, List.of()).stream()
                .map(Client::count)
                .reduce(new Client.Count(0, 0, ""), Client.Count::plus);
    }

    @Override
    public void close() {
        clients.values().forEach(started -> started.forEach(Client::close));
    }

    private Result play(Scenario scenario, Road road) throws IOException {
        out.printf("%-18s  %-10s ", scenario.title(), road.name());
        out.flush();
        Run run = command.run(scenario.verb(), road.target(), this::show);
        String problem = problemOf(scenario, road, run);
        out.printf(
                "  %s s in all, %s%n",
                ResultTable.seconds(run.wall()), problem.isEmpty() ? run.outcome() : "NOT AS IT SHOULD BE: " + problem);
        run.failure().lines().limit(FAILURE_LINES).forEach(line -> out.println("    " + line));
        clients.computeIfAbsent(
                road, served -> served.addresses().stream().map(Client::start).toList());
        return new Result(scenario, road, run, problem);
    }

    private void show(String phase, Duration took) {
        out.printf(" %s %s", phase, ResultTable.seconds(took));
        out.flush();
    }

    private static String problemOf(Scenario scenario, Road road, Run run) throws IOException {
        if (run.exitCode() != scenario.exitCode()) {
            return "exit code " + run.exitCode() + " instead of " + scenario.exitCode();
        }
        for (URI address : road.addresses()) {
            for (int look = 0; look < LOOKS; look++) {
                String answer = Client.ask(address).strip();
                if (!answer.equals(scenario.greeting())) {
                    return address + " answers '" + answer + "' instead of '" + scenario.greeting() + "'";
                }
            }
        }
        return "";
    }
}
