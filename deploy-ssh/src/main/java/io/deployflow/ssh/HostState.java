package io.deployflow.ssh;

import io.deployflow.Release.State;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is on one host.
 *
 * @param current the text of the link {@code current}, if it is there
 * @param currentIsNoLink whether something else stands where the link belongs
 * @param releases the releases there, in no order; a release that is live has its recorded state, not LIVE
 * @param leftovers names of what pushes left that did not end
 * @param journal a switch that was neither confirmed nor undone
 * @param lock who holds the lock
 * @param maintenance who put a maintenance page up, since when and why; empty text where that is not known
 * @param missing tools and linked files that a deploy needs and that are not there
 * @param manifests digests of the releases' manifests by id, where they have one
 * @param confirmed by the id of a release, the word of the deploy whose switch to it passed its checks last
 */
record HostState(
        Optional<String> current,
        boolean currentIsNoLink,
        List<SshRelease> releases,
        List<String> leftovers,
        Optional<Journal> journal,
        Optional<Lock> lock,
        Optional<String> maintenance,
        List<String> missing,
        Map<String, String> manifests,
        Map<String, String> confirmed) {

    /**
     * A switch that began.
     *
     * @param release id of what is switched to
     * @param previous the text of the link before, if there was one
     * @param deploy a word that only the deploy has which began it; empty where that is not known
     */
    record Journal(String release, Optional<String> previous, Optional<String> deploy) {}

    /**
     * Who keeps others from deploying.
     *
     * @param owner who, since when, and what for
     * @param byHand whether it stays until somebody unlocks it
     */
    record Lock(String owner, boolean byHand) {}

    /** Reads the output of {@link SurveyCommands#survey()}; lines that are none of its facts are skipped. */
    static HostState parse(List<String> lines) {
        Facts facts = new Facts();
        lines.forEach(facts::add);
        return facts.state();
    }

    /** Id of the release that {@code current} links to; empty where it links elsewhere or does not exist. */
    Optional<String> live() {
        return current.map(text -> text.replaceFirst("/+$", ""))
                .filter(text -> text.matches("(.*/)?releases/[^/]+"))
                .map(text -> text.substring(text.lastIndexOf('/') + 1))
                .filter(ReleaseId::isOne);
    }

    /** The release that the next one can begin with: what is live, if it is known what is in it. */
    Optional<BaseRelease> base() {
        return live().flatMap(id -> Optional.ofNullable(manifests.get(id)).map(digest -> new BaseRelease(id, digest)));
    }

    /** The release with an id. */
    Optional<SshRelease> release(String id) {
        return releases.stream().filter(release -> release.id().equals(id)).findFirst();
    }

    /** Whether a switch that stands in another host's journal has passed its checks here. */
    boolean hasConfirmed(Journal journal) {
        return journal.deploy()
                .filter(word -> word.equals(confirmed.get(journal.release())))
                .isPresent();
    }

    private static final class Facts {
        private Optional<String> current = Optional.empty();
        private boolean currentIsNoLink;
        private final List<SshRelease> releases = new ArrayList<>();
        private final List<String> leftovers = new ArrayList<>();
        private Optional<String> switching = Optional.empty();
        private Optional<String> previous = Optional.empty();
        private Optional<String> deploy = Optional.empty();
        private Optional<Lock> lock = Optional.empty();
        private Optional<String> maintenance = Optional.empty();
        private final List<String> missing = new ArrayList<>();
        private final Map<String, String> manifests = new HashMap<>();
        private final Map<String, String> confirmed = new HashMap<>();

        void add(String line) {
            int space = line.indexOf(' ');
            String value = space < 0 ? "" : line.substring(space + 1);
            switch (space < 0 ? line : line.substring(0, space)) {
                case "current" -> current = Optional.of(value);
                case "current-is-no-link" -> currentIsNoLink = true;
                case "release" -> release(value).ifPresent(releases::add);
                case "leftover" -> leftovers.add(value);
                case "switching-release" -> switching = Optional.of(value);
                case "switching-previous" -> previous = Optional.of(value).filter(text -> !text.isEmpty());
                case "switching-deploy" -> deploy = Optional.of(value).filter(text -> !text.isEmpty());
                case "lock" -> lock = Optional.of(new Lock(value, false));
                case "lock-by-hand" -> lock = Optional.of(new Lock(value, true));
                case "maintenance" -> maintenance = Optional.of(value);
                case "manifest" -> manifest(value);
                case "confirmed" -> confirmed(value);
                case "missing-tool" -> missing.add("the command " + value);
                case "missing-linked-file" -> missing.add("the linked file shared/" + value);
                default -> {}
            }
        }

        private void manifest(String text) {
            String[] parts = text.split(" ", 2);
            if (parts.length == 2 && parts[1].matches("[0-9a-f]{64}")) {
                manifests.put(parts[0], parts[1]);
            }
        }

        private void confirmed(String text) {
            String[] parts = text.split(" ", 2);
            if (parts.length == 2) {
                confirmed.put(parts[0], parts[1]);
            }
        }

        private static Optional<SshRelease> release(String text) {
            String[] parts = text.split(" ", 5);
            if (parts.length < 5 || !ReleaseId.isOne(parts[0])) {
                return Optional.empty();
            }
            State state = State.valueOf(parts[1].toUpperCase(Locale.ROOT));
            return Optional.of(new SshRelease(parts[0], parts[2], time(parts[3], parts[0]), parts[4], state));
        }

        private static Instant time(String text, String id) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return ReleaseId.time(id);
            }
        }

        HostState state() {
            Optional<Journal> journal = switching.map(id -> new Journal(id, previous, deploy));
            return new HostState(
                    current,
                    currentIsNoLink,
                    List.copyOf(releases),
                    List.copyOf(leftovers),
                    journal,
                    lock,
                    maintenance,
                    List.copyOf(missing),
                    Map.copyOf(manifests),
                    Map.copyOf(confirmed));
        }
    }
}
