package io.deployflow.sandbox;

import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.iam.Identities;
import io.deployflow.sandbox.scheduler.Ids;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Cloud} for each account and region that is asked for, over one data plane and one registry; and the
 * identities, which are of all regions. Not thread-safe: {@link SandboxServer} holds a lock.
 */
public final class Clouds {

    private final Arns home;
    private final SkewedClock clock;
    private final Timings timings;
    private final Ids ids;
    private final Ports ports;
    private final Identities identities;
    private final HookAnswers hooks = new HookAnswers();
    private final Map<Arns, Cloud> clouds = new LinkedHashMap<>();

    Clouds(Arns home, Clock clock, Timings timings, Ids ids, Ports ports) {
        this.home = home;
        this.clock = new SkewedClock(clock);
        this.timings = timings;
        this.ids = ids;
        this.ports = ports;
        this.identities = new Identities(home.account());
        home();
    }

    /** {@return the account and region that the sandbox starts with} */
    public Cloud home() {
        return of(home.account(), home.region());
    }

    /**
     * An account in a region, empty at first.
     *
     * @param account twelve digits
     * @param region the region's name; empty is the one that the sandbox starts with
     * @return the cloud
     */
    public Cloud of(String account, String region) {
        Arns arns = new Arns(region.isEmpty() ? home.region() : region, account);
        return clouds.computeIfAbsent(arns, key -> new Cloud(arns, clock, timings, ids, ports));
    }

    /** {@return the clock of every answer} */
    public SkewedClock clock() {
        return clock;
    }

    /** {@return every one that was asked for so far} */
    public Collection<Cloud> all() {
        return List.copyOf(clouds.values());
    }

    /** {@return what the functions behind lifecycle hooks answer} */
    public HookAnswers hooks() {
        return hooks;
    }

    /** {@return users and roles of every account} */
    public Identities identities() {
        return identities;
    }
}
