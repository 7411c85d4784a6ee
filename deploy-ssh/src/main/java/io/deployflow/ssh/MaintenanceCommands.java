package io.deployflow.ssh;

/**
 * The scripts that put a maintenance page up on a host and take it down.
 *
 * @param deployTo the directory on the host
 * @param file the page, below {@code shared/} and, where its directory is linked, below {@code current/}
 */
record MaintenanceCommands(String deployTo, String file) {
    /** What the survey and {@link #up} keep: who put the page up, since when and why. */
    static final String NOTE = ".deployflow/maintenance";

    /**
     * Takes the page from standard input and puts it up at once, or not at all. Prints {@code unlinked} where the live
     * release does not have it, then {@code up}.
     *
     * @param bytes how long the page is
     * @param note who, since when and why, one line
     */
    String up(long bytes, String note) {
        return start() + """
                new=$page.new.$$
                trap 'rm -f "$new"' EXIT
                trap 'exit 1' HUP INT TERM
                mkdir -p "${page%%/*}" .deployflow
                cat > "$new"
                [ "$(wc -c < "$new")" -eq %d ] || { echo "the page did not arrive whole" >&2; exit 1; }
                chmod 644 "$new"
                printf '%%s\\n' %s > %s
                mv -f "$new" "$page"
                if [ -d current ] && [ ! -e current/%s ]; then echo unlinked; fi
                echo up
                """.formatted(bytes, Sh.quote(note), NOTE, Sh.quote(file));
    }

    /** Takes the page down. Prints {@code down}, or {@code already} where it was not up. */
    String down() {
        return start() + """
                if [ -e "$page" ]; then rm -f "$page"; echo down; else echo already; fi
                rm -f %s
                """.formatted(NOTE);
    }

    /** Prints {@code maintenance} and the note, for the survey, where the page is up. */
    String ask() {
        return "if [ -e %s ]; then echo \"maintenance $(cat %s 2>/dev/null)\"; fi\n"
                .formatted(Sh.quote("shared/" + file), NOTE);
    }

    private String start() {
        return "set -eu\nroot=%s page=%s\ncd \"$root\"\n".formatted(Sh.quote(deployTo), Sh.quote("shared/" + file));
    }
}
