package io.deployflow.internal;

import io.deployflow.ConfigurationException;
import io.deployflow.Release;
import io.deployflow.Status;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses the release that a rollback goes to. */
final class Releases {
    private Releases() {}

    /**
     * Reads no further than to the release named, or to the one that {@link #choose} would take: each may have to be
     * asked for.
     *
     * @param newestFirst the releases at the target
     * @param id of the one that is looked for; empty for the one before the live one
     * @return all of them where there is none such
     */
    static <R extends Release> List<R> asFarAsNeeded(Stream<R> newestFirst, Optional<String> id) {
        List<R> read = new ArrayList<>();
        boolean liveRead = false;
        for (Iterator<R> rest = newestFirst.iterator(); rest.hasNext(); ) {
            R next = rest.next();
            read.add(next);
            boolean found = id.map(next.id()::equals).orElse(liveRead && hasServed(next));
            if (found) {
                break;
            }
            liveRead |= next.state() == Release.State.LIVE;
        }
        return read;
    }

    /**
     * The release named, or the newest good one that is older than the live one: also one that some units serve still.
     *
     * @param history newest first
     * @throws ConfigurationException if there is none that can be rolled out
     */
    static <R extends Release> R choose(List<R> history, Optional<String> id, String target) {
        return id.map(name -> named(history, name, target)).orElseGet(() -> lastGood(history, target));
    }

    /**
     * The live release, if a unit served a newer one a moment ago: then the step back that a rollback is for is made
     * already.
     *
     * @param served what each unit served before
     * @param history newest first, as it is now
     */
    static <R extends Release> Optional<R> putBackFrom(List<Status.Unit> served, List<R> history) {
        List<String> before = served.stream().map(Status.Unit::release).toList();
        List<R> newerOrLive =
                history.stream().takeWhile(olderThanLive(history).negate()).toList();
        boolean newerServed = newerOrLive.stream()
                .anyMatch(release -> release.state() != Release.State.LIVE && before.contains(release.id()));
        return newerServed
                ? newerOrLive.stream()
                        .filter(release -> release.state() == Release.State.LIVE)
                        .findFirst()
                : Optional.empty();
    }

    private static <R extends Release> R named(List<R> history, String id, String target) {
        R release = history.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        target + " has no release '" + id + "'", "Its releases are: " + ids(history) + "."));
        if (release.state() == Release.State.BROKEN) {
            throw new ConfigurationException(
                    target + ": release " + id + " is not whole: its push did not end",
                    "Choose one of: "
                            + ids(history.stream().filter(Releases::isWhole).toList()) + ".");
        }
        return release;
    }

    private static <R extends Release> R lastGood(List<R> history, String target) {
        return history.stream()
                .dropWhile(olderThanLive(history).negate())
                .filter(Releases::hasServed)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        target + " has no earlier good release to go back to",
                        "Name one with --to; its releases are: " + ids(history) + "."));
    }

    private static <R extends Release> Predicate<R> olderThanLive(List<R> history) {
        int live = history.stream().map(Release::state).toList().indexOf(Release.State.LIVE);
        return release -> history.indexOf(release) > live;
    }

    private static boolean hasServed(Release release) {
        return release.state() == Release.State.GOOD || release.state() == Release.State.LIVE;
    }

    private static boolean isWhole(Release release) {
        return release.state() != Release.State.BROKEN;
    }

    private static String ids(List<? extends Release> releases) {
        return releases.isEmpty()
                ? "none"
                : String.join(", ", releases.stream().map(Release::id).toList());
    }
}
