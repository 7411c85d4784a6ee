package io.deployflow.benchmark.claims;

/**
 * What a trial is of.
 *
 * @param way the name of how it is deployed
 * @param units to how many
 * @param percent how many of the connects, or of ECS's calls and starts of tasks, fail
 */
record Case(String way, int units, int percent) {
    private static final double HUNDRED = 100;

    /** What the names of its steps begin with. */
    String steps() {
        return "%s / %d units / %d percent / ".formatted(way, units, percent);
    }

    /** That the first connects to all of them succeed. */
    double chance() {
        return Math.pow(1 - percent / HUNDRED, units);
    }

    String step(int run) {
        return steps() + "run " + run;
    }
}
