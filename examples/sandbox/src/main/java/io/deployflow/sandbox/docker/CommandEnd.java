package io.deployflow.sandbox.docker;

/**
 * How a command in a container ended.
 *
 * @param status its exit status
 * @param output what it wrote, errors included, in the order in which they came
 */
public record CommandEnd(int status, String output) {}
