package io.deployflow.benchmark.claims;

import java.time.Duration;

/** What is done, and how long that takes by the slowest road on two processors that do nothing else. */
enum Scenario {
    FIRST("first deploy", 9, 5),
    IMAGE("packages of the image changed", 60, 3),
    TYPO("one-word change", 9, 4),
    ROLLBACK("rollback", 8, 4),
    BROKEN("broken release", 14, 14);

    /** {@code aws ecs wait} asks each fifteen seconds. */
    private static final Duration BY_HAND = Duration.ofSeconds(16);

    private final String title;
    private final Duration onContainers;
    private final Duration onHosts;

    Scenario(String title, int onContainers, int onHosts) {
        this.title = title;
        this.onContainers = Duration.ofSeconds(onContainers);
        this.onHosts = Duration.ofSeconds(onHosts);
    }

    /** What the tables call it. */
    String title() {
        return title;
    }

    /** What it takes by a road. */
    Duration planned(String road) {
        Duration planned = Roads.isContainers(road) ? onContainers : onHosts;
        return road.equals(ByHand.NAME) ? planned.plus(BY_HAND) : planned;
    }
}
