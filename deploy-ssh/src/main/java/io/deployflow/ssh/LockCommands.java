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
     * Who takes a lock.
     *
     * @param owner for people: who, since when, what for; one line
     * @param token a word that nobody else knows, and behind it the host's name: by both the owner takes again what it
     *     holds already
     */
    record Claim(String owner, String token) {}

    /**
     * Makes the session the holder, and goes to the directory. Prints {@code stale OWNER} where it took over the lock
     * of a process that is gone, then {@code locked}; answers as {@code acquire} does where somebody has it.
     */
    String take(Claim claim) {
        return start(deployTo)
                + "owner=%s\ntoken=%s\nacquire\necho locked\n"
                        .formatted(Sh.quote(claim.owner()), Sh.quote(claim.token()));
    }

    /** Goes to the directory, makes it where it is not there, and has the functions on the lock at hand. */
    static String start(String deployTo) {
        return """
                root=%s
                [ -d "$root/.deployflow" ] || mkdir -p "$root/.deployflow"
                cd "$root" && [ -w . ] && [ -w .deployflow ] || {
                  echo "$root cannot be written by $(id -un)" >&2; exit %d; }
                """.formatted(Sh.quote(deployTo), UNWRITABLE) + LockFunctions.text();
    }
}
