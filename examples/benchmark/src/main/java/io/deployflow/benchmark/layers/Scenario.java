package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Source;

/** What is measured. */
enum Scenario {
    /** One changed file of the application on a machine that built the one before. */
    WARM("one changed file, warm", Scenario.ONE_OF_MANY),
    /** A file that the Dockerfile copies by itself, as if its author had known that it would change. */
    APART("a file with a COPY of its own, warm", Source.CHANGING),
    /**
     * One changed file of the application on a machine that never built anything; the registry has the image before.
     */
    COLD("one changed file, fresh machine", Scenario.ONE_OF_MANY);

    private static final String ONE_OF_MANY = "app/version.txt";

    private final String title;
    private final String file;

    Scenario(String title, String file) {
        this.title = title;
        this.file = file;
    }

    /** Which file changes. */
    String file() {
        return file;
    }

    /** For a table. */
    String title() {
        return title;
    }
}
