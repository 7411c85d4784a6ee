package io.deployflow.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a host has room for a release.
 *
 * @param isThere whether the directory is there
 * @param shut what is in the way of the directory: no directory itself, or one that may not be entered
 * @param readOnly directories that must be written to and may not be
 * @param free kilobytes that are free, where the host tells
 * @param live kilobytes of the release that is live, where there is one
 */
record HostRoom(boolean isThere, Optional<String> shut, List<String> readOnly, OptionalLong free, OptionalLong live) {

    /** Reads the output of {@link RoomCommands#ask()}; lines that are none of its facts are skipped. */
    static HostRoom parse(List<String> lines) {
        List<String> readOnly = new ArrayList<>();
        lines.forEach(line -> value(line, "read-only ").ifPresent(readOnly::add));
        return new HostRoom(
                lines.contains("there"),
                lines.stream().flatMap(line -> value(line, "shut ").stream()).findFirst(),
                List.copyOf(readOnly),
                number(lines, "free "),
                number(lines, "live "));
    }

    private static Optional<String> value(String line, String key) {
        return line.startsWith(key) ? Optional.of(line.substring(key.length())) : Optional.empty();
    }

    private static OptionalLong number(List<String> lines, String key) {
        return lines.stream()
                .flatMap(line -> value(line, key).stream())
                .filter(text -> text.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
