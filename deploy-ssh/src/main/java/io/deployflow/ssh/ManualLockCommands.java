package io.deployflow.ssh;

/**
 * The scripts that lock a host by hand, which outlives the command, and that remove a lock. {@link LockFunctions} says
 * what the lock is.
 *
 * @param deployTo the directory on the host; made if it is not there
 */
record ManualLockCommands(String deployTo) {

    /**
     * Takes the lock, and prints {@code locked}; answers as {@code acquire} does where somebody has it.
     *
     * @param owner who locks, since when and why; the lock's third line tells it from every other one
     */
    String lock(ManualOwner owner) {
        return LockCommands.start(deployTo)
                + """
                me=%s
                owner=%s
                acquire
                echo locked
                """.formatted(LockFunctions.MANUAL, Sh.quote(owner.text() + "\n" + owner.token()));
    }

    /** Removes the lock that {@link #lock} took for this owner; any other stays, also one of the same words. */
    String takeBack(ManualOwner owner) {
        return where() + """
                read_holder
                ours() { [ "$(sed -n 3p $lock/owner 2>/dev/null)" = %s ]; }
                if ours; then bury unlocked ours; fi
                """.formatted(owner.token());
    }

    /**
     * Removes a lock by hand, or that of a process that is gone. Prints one of {@code free}, {@code unlocked OWNER},
     * {@code stale OWNER}, {@code forced OWNER}; {@code held OWNER}, with status {@link LockCommands#HELD}, where a
     * deploy that is under way has it.
     *
     * @param force removes also the lock of a deploy that is under way
     */
    String unlock(boolean force) {
        return where() + """
                if [ ! -d $lock ]; then echo free; exit 0; fi
                read_holder
                found="$holder $holds"
                if [ "$holder" = %s ]; then bury unlocked :
                elif gone; then bury stale gone
                elif %s; then bury forced :
                else say_held; exit %d
                fi
                read_holder
                if [ -d $lock ] && [ "$holder $holds" = "$found" ]; then unwritable "$lock stays"; fi
                """.formatted(LockFunctions.MANUAL, force, LockCommands.HELD);
    }

    private String where() {
        return SurveyCommands.enter(deployTo, "free") + LockFunctions.text();
    }
}
