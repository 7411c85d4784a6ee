package io.deployflow.benchmark;

/**
 * One scenario on one road.
 *
 * @param scenario what was done
 * @param road on which road
 * @param run how it went
 * @param problem what was not as it must be; empty if all was
 */
record Result(Scenario scenario, Road road, Run run, String problem) {}
