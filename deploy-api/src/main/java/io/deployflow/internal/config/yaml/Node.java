package io.deployflow.internal.config.yaml;

/** A value in a YAML file. */
public sealed interface Node permits ScalarNode, ListNode, MapNode {
    /** Where it begins. */
    Location location();

    /** What it is, in words for people: {@code a number}, {@code a list}. */
    String words();
}
