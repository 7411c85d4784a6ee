package io.deployflow.benchmark.ssh;

import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which connections to the hosts of a swarm fail, and when. The same seed makes the same attempts fail, whoever makes
 * them: the first one to host 7 is kept or lost for every tool alike.
 *
 * @param place at which moment of a connection
 * @param share how many of all attempts, from 0 to 1
 * @param seed of the choice
 * @param attempts how many there were so far, by host
 */
public record Losses(Place place, double share, long seed, Map<Integer, Integer> attempts) {
    /** No connection fails. */
    public static final Losses NONE = of(Place.BEFORE_KEY, 0, 0);

    private static final long HOST = 1_000_003;

    /** When a connection is lost. */
    public enum Place {
        /** Closed before the server's greeting, as an sshd does that has too many logins under way (MaxStartups). */
        BEFORE_KEY,
        /** Closed once the server has shown its key, in the middle of the login. */
        IN_LOGIN
    }

    /** Losses of which none has been met. */
    public static Losses of(Place place, double share, long seed) {
        return new Losses(place, share, seed, new ConcurrentHashMap<>());
    }

    /** Reads what {@link #line()} has written. */
    static Losses read(String line) {
        String[] words = line.split(" ", -1);
        return of(Place.valueOf(words[0]), Double.parseDouble(words[1]), Long.parseLong(words[2]));
    }

    /** In one line. */
    String line() {
        return String.format(Locale.ROOT, "%s %s %d", place, share, seed);
    }

    /** Counts an attempt to connect to a host that has come so far, and says whether it is lost here. */
    boolean strike(Place where, int host) {
        if (where != place || share == 0) {
            return false;
        }
        int attempt = attempts.merge(host, 1, Integer::sum);
        // Not Random, whose first numbers for seeds beside each other are beside each other too.
        return new SplittableRandom((seed * HOST + host) * HOST + attempt).nextDouble() < share;
    }
}
