package io.deployflow.cli;

/** How much the libraries log: {@code simplelogger.properties} has the rest. */
final class Logs {
    private Logs() {}

    /**
     * To be called before anything logs. Only our own code says more: what others log of a request may hold secrets.
     */
    static void configure(Verbosity verbosity) {
        if (verbosity == Verbosity.VERBOSE) {
            System.setProperty("org.slf4j.simpleLogger.log.io.deployflow", "debug");
        }
    }
}
