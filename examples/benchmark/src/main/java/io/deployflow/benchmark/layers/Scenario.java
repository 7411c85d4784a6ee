package io.deployflow.benchmark.layers;

/** What is measured. */
enum Scenario {
    /** One changed file on a machine that built the one before. */
    WARM("one changed file, warm"),
    /** One changed file on a machine that never built anything; the registry has the image before. */
    COLD("one changed file, fresh machine");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    /** For a table. */
    String title() {
        return title;
    }
}
