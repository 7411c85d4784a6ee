package io.deployflow.benchmark.claims;

/**
 * What a trial is of.
 *
 * @param way the name of how it is deployed
 * @param units to how many
 * @param percent how many of the connects, or of ECS's calls and starts of tasks, fail
 */
record Case(String way, int units, int percent) {
    /** What the names of its steps begin with. */
    String steps() {
        return "%s / %d units / %d percent / ".formatted(way, units, percent);
    }

    String step(int run) {
        return steps() + "run " + run;
    }
}
