package io.deployflow.benchmark.ssh;

import java.time.Duration;

/**
 * One place of the result: what was done, on how many hosts, how far away.
 *
 * @param scenario what
 * @param hosts how many hosts
 * @param latency the round trip that was added
 */
record Cell(Scenario scenario, int hosts, Duration latency) {}
