package io.deployflow.benchmark.swarm;

import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which connections to the hosts of a swarm fail: closed before the server's greeting, as an sshd does that has too
 * many logins under way (MaxStartups). The same seed makes the same attempts fail, whoever makes them: the first one to
 * host 7 is kept or lost for every tool alike.
 *
 * @param share how many of all attempts, from 0 to 1
 * @param seed of the choice
 * @param attempts how many there were so far, by host
 */
public record Losses(double share, long seed, Map<Integer, Integer> attempts) {
    /** No connection fails. */
    public static final Losses NONE = of(0, 0);

    private static final long HOST = 1_000_003;

    /** Losses of which none has been met. */
    public static Losses of(double share, long seed) {
        return new Losses(share, seed, new ConcurrentHashMap<>());
    }

    /** Reads what {@link #line()} has written. */
    static Losses read(String line) {
        String[] words = line.split(" ", -1);
        return of(Double.parseDouble(words[0]), Long.parseLong(words[1]));
    }

    /** In one line. */
    String line() {
        return String.format(Locale.ROOT, "%s %d", share, seed);
    }

    /** Counts an attempt to connect to a host, and says whether it is lost. */
    boolean strike(int host) {
        if (share == 0) {
            return false;
        }
        int attempt = attempts.merge(host, 1, Integer::sum);
        // Not Random, whose first numbers for seeds beside each other are beside each other too.
        return new SplittableRandom((seed * HOST + host) * HOST + attempt).nextDouble() < share;
    }
}
