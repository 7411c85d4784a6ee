package io.deployflow.ssh;

import io.deployflow.Check;
import java.util.ArrayList;
import java.util.List;

/** From what is on a host to what a deploy to it would meet. Pure. */
final class HostChecks {
    /** Less than this is as good as full, whatever a release takes. */
    private static final long FLOOR_KB = 16 * 1024;

    private static final long MEGABYTE = 1024;

    private static final String ANSWERS = "answers, and lets in who deploys";

    private HostChecks() {}

    /** The checks of one host, in the order in which a deploy would meet them. */
    static List<Check> of(String host, HostState state, HostRoom room, SshSettings settings) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok("host", host, ANSWERS));
        checks.add(missing("tools", "the command ", host, state, "tar, readlink, stat and a checksum are there"));
        checks.add(directory(host, room, settings.deployTo()));
        checks.add(space(host, room, settings.copy()));
        if (state.currentIsNoLink()) {
            checks.add(Check.failed(
                    "current",
                    host,
                    settings.deployTo() + "/current is not a link",
                    "Move it away, or deploy to another directory."));
        }
        if (!settings.linkedFiles().isEmpty()) {
            checks.add(missing("linked files", "the linked file ", host, state, "all are there"));
        }
        checks.add(lock(host, state));
        return checks;
    }

    /**
     * All that can be said of a host on which nothing can be looked at.
     *
     * @param path what may not be entered
     */
    static List<Check> ofShut(String host, String path) {
        return List.of(
                Check.ok("host", host, ANSWERS),
                Check.failed(
                        "deploy_to",
                        host,
                        path + " is no directory, or may not be entered",
                        "Give it to the user who deploys, or deploy to another directory."));
    }

    private static Check missing(String name, String kind, String host, HostState state, String none) {
        List<String> missing = state.missing().stream()
                .filter(what -> what.startsWith(kind))
                .map(what -> what.substring(kind.length()))
                .toList();
        return missing.isEmpty()
                ? Check.ok(name, host, none)
                : Check.failed(
                        name,
                        host,
                        String.join(", ", missing) + (missing.size() == 1 ? " is missing" : " are missing"),
                        "Put " + (missing.size() == 1 ? "it" : "them") + " there.");
    }

    private static Check directory(String host, HostRoom room, String deployTo) {
        if (!room.readOnly().isEmpty()) {
            return Check.failed(
                    "deploy_to",
                    host,
                    "may not write to " + String.join(", ", room.readOnly()),
                    "Give it to the user who deploys.");
        }
        return Check.ok("deploy_to", host, deployTo + (room.isThere() ? " can be written to" : " can be made"));
    }

    /** A new release shares its unchanged files with the one before, unless it is told not to. */
    private static Check space(String host, HostRoom room, SshSettings.Copy copy) {
        if (room.free().isEmpty()) {
            return Check.unknown("disk space", host, "the host does not tell: it has no 'df'", "Look there.");
        }
        long free = room.free().getAsLong();
        long copied = copy == SshSettings.Copy.FULL ? room.live().orElse(0) : 0;
        long needed = Math.max(FLOOR_KB, copied);
        String detail = free / MEGABYTE + " MB are free";
        return free >= needed
                ? Check.ok("disk space", host, detail)
                : Check.failed(
                        "disk space",
                        host,
                        detail + ", and a release takes " + needed / MEGABYTE + " MB",
                        "Make room; 'releases --prune' removes old releases.");
    }

    private static Check lock(String host, HostState state) {
        return state.lock()
                .map(held -> Check.failed(
                        "lock",
                        host,
                        (held.byHand() ? "locked by hand by " : "locked by ") + held.owner(),
                        "Wait, or 'unlock' it."))
                .orElseGet(() -> Check.ok("lock", host, "is free"));
    }
}
