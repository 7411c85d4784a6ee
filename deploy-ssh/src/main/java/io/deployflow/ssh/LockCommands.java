package io.deployflow.ssh;

/**
 * The script that takes a host's lock and holds it for as long as its standard input is open. When the tool ends,
 * however it ends, the SSH server closes that input and the script removes the lock. {@link LockFunctions} says what
 * the lock is.
 *
 * @param deployTo the directory on the host; made if it is not there
 */
record LockCommands(String deployTo) {
    /** Exit status: somebody else holds the lock; {@code held OWNER} or {@code manual OWNER} was printed. */
    static final int HELD = 75;
    /** Exit status: the directory cannot be made or written. */
    static final int UNWRITABLE = 73;

    /** The lock itself, on the host. */
    String path() {
        return deployTo + "/.deployflow/lock";
    }

    /**
     * Prints {@code stale OWNER} where it took over the lock of a process that is gone, then {@code locked}, and waits
     * for the end of its input.
     *
     * @param owner who takes it, one line
     */
    String hold(String owner) {
        return start(deployTo) + """
                me="$boot $$ $(started $$)"
                owner=%s
                acquire
                drop() { read_holder; if [ "$holder" = "$me" ]; then rm -rf $lock; fi; }
                trap drop EXIT
                trap 'exit 0' HUP INT TERM PIPE
                echo locked
                cat >/dev/null
                """.formatted(Sh.quote(owner));
    }

    /** Goes to the directory, makes it where it is not there, and has the functions on the lock at hand. */
    static String start(String deployTo) {
        return """
                root=%s
                mkdir -p "$root/.deployflow" && cd "$root" && [ -w . ] && [ -w .deployflow ] || {
                  echo "$root cannot be written by $(id -un)" >&2; exit %d; }
                """.formatted(Sh.quote(deployTo), UNWRITABLE) + LockFunctions.text();
    }
}
