package io.deployflow.ssh;

/**
 * The script that takes a host's lock for the session that runs it. When the tool ends, however it ends, the SSH server
 * closes the session's input and the session removes the lock; see {@link SessionScript}. {@link LockFunctions} says
 * what the lock is.
 *
 * @param deployTo the directory on the host; made if it is not there
 */
record LockCommands(String deployTo) {
    /** Exit status: somebody else holds the lock; {@code held OWNER} or {@code manual OWNER} was printed. */
    static final int HELD = 75;
    /** Exit status: the directory cannot be made or written. */
    static final int UNWRITABLE = 73;

    /**
     * Makes the session the holder. Prints {@code stale OWNER} where it took over the lock of a process that is gone,
     * then {@code locked}; answers as {@code acquire} does where somebody has it.
     *
     * @param owner who takes it, one line
     */
    String take(String owner) {
        return start(deployTo) + "owner=" + Sh.quote(owner) + "\nacquire\necho locked\n";
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
