package io.deployflow.ssh;

/**
 * The script that takes a host's lock and holds it for as long as its standard input is open. When the tool ends,
 * however it ends, the SSH server closes that input and the script removes the lock.
 *
 * <p>The lock is the directory {@code .deployflow/lock}. Its {@code owner} file says which process on the host holds it
 * (boot id, process id, start time: what survives neither a reboot nor a new process with an old id), and who made it.
 *
 * <p>Of several that find a holder gone, one may remove its lock: the one that makes the directory named after that
 * holder, and only if the lock is still that holder's then. Otherwise the slower ones would remove the lock of the
 * fastest.
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
                unwritable() { echo "$root cannot be written: $1" >&2; exit %d; }
                take() {
                  why=$(mkdir $lock 2>&1) || return 1
                  printf '%%s\\n%%s\\n' "$me" "$owner" > $lock/owner || { rm -rf $lock; unwritable "$lock/owner"; }
                }
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
                bury() {
                  was=$holder grave=$lock.of-$(echo "${holder:-nobody}" | tr ' ' '-')
                  mkdir "$grave" 2>/dev/null || return 0
                  if gone && [ "$holder" = "$was" ]; then
                    echo "stale ${holds:-nobody known}"
                    mv $lock "$grave/lock"
                  fi
                  rm -rf "$grave"
                }
                tries=0
                until take; do
                  tries=$((tries + 1))
                  if [ -d $lock ]; then
                    if [ $tries -le 3 ] && gone; then bury; continue; fi
                    read_holder
                    echo "held ${holds:-somebody, since a moment ago}"
                    exit %d
                  fi
                  [ $tries -le 3 ] || unwritable "$why"
                done
                drop() { read_holder; if [ "$holder" = "$me" ]; then rm -rf $lock; fi; }
                trap drop EXIT
                trap 'exit 0' HUP INT TERM PIPE
                echo locked
                cat >/dev/null
                """.formatted(Sh.quote(deployTo), UNWRITABLE, Sh.quote(owner), UNWRITABLE, HELD);
    }
}
