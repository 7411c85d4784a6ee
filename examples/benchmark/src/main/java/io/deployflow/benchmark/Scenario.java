package io.deployflow.benchmark;

/**
 * Something that a team does, and what it must lead to.
 *
 * @param title what the table calls it
 * @param prepare changes the application first
 * @param verb {@code deploy} or {@code rollback}
 * @param exitCode the exit code that it must end with
 * @param greeting what every address must answer afterwards
 */
record Scenario(String title, Runnable prepare, String verb, int exitCode, String greeting) {}
