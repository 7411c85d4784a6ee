package io.deployflow.ssh;

/**
 * The script that takes a host's lock and holds it for as long as its standard input is open. When the tool ends,
 * however it ends, the SSH server closes that input and the script removes the lock.
 *
 * <p>The lock is the directory {@code .deployflow/lock}. Its {@code owner} file says which process on the host holds it
 * (boot id, process id, start time: what survives neither a reboot nor a new process with an old id), and who made it.
 *
 * @param deployTo the directory on the host; made if it is not there
 */
record LockCommands(String deployTo) {
    /** Exit status: somebody else holds the lock; {@code held OWNER} was printed. */
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
        return """
                root=%s
                mkdir -p "$root/.deployflow" && cd "$root" && [ -w . ] && [ -w .deployflow ] || {
                  echo "$root cannot be written by $(id -un)" >&2; exit %d; }
                lock=.deployflow/lock
                started() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null || :; }
                boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo unknown)
                me="$boot $$ $(started $$)"
                owner=%s
                take() { mkdir $lock 2>/dev/null && printf '%%s\\n%%s\\n' "$me" "$owner" > $lock/owner; }
                read_holder() {
                  holder= holds=
                  if [ -f $lock/owner ]; then { read -r holder; read -r holds; } < $lock/owner || :; fi
                }
                gone() {
                  read_holder
                  if [ -z "$holds" ]; then [ -n "$(find $lock -prune -mmin +1 2>/dev/null)" ]; return; fi
                  set -- $holder
                  [ "$1" = "$boot" ] || return 0
                  if [ -n "${3-}" ]; then [ "$(started "$2")" != "$3" ]; else ! kill -0 "$2" 2>/dev/null; fi
                }
                if ! take; then
                  if gone; then
                    echo "stale ${holds:-nobody known}"
                    mv $lock $lock.$$ 2>/dev/null
                    rm -rf $lock.$$
                  fi
                  [ ! -d $lock ] && take || { read_holder; echo "held ${holds:-somebody, since a moment ago}"; exit %d; }
                fi
                drop() { read_holder; if [ "$holder" = "$me" ]; then rm -rf $lock; fi; }
                trap drop EXIT
                trap 'exit 0' HUP INT TERM PIPE
                echo locked
                cat >/dev/null
                """.formatted(Sh.quote(deployTo), UNWRITABLE, Sh.quote(owner), HELD);
    }
}
