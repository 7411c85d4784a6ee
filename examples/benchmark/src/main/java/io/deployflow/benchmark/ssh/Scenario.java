package io.deployflow.benchmark.ssh;

/** What is measured. */
enum Scenario {
    /** Into an empty directory. */
    FIRST("first deploy"),
    /** A file of one line has changed, and the hosts have room for one more release. */
    CHANGE("one changed file"),
    /** The same, and each host removes an old release. */
    CHANGE_AND_PRUNE("one changed file, pruning"),
    /** The same commit again, pruning. */
    NO_CHANGE("no change"),
    /** Back to the release before. */
    ROLLBACK("rollback");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
