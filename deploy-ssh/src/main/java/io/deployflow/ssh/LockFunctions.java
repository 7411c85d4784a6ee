package io.deployflow.ssh;

/**
 * Shell functions on a host's lock: what the scripts that take it, hold it and remove it have in common. They work in
 * {@code deploy_to}, and read {@code $root} for what they say.
 *
 * <p>The lock is the directory {@code .deployflow/lock}. The first line of its {@code owner} file says which process on
 * the host holds it (boot id, process id, start time: what survives neither a reboot nor a new process with an old id),
 * or {@code manual} where a person locked by hand; the second line says who, since when and why; the third is a word
 * that only the deploy knows which holds it, and the name by which it knows the host: by both it knows its own lock
 * again when its connection broke. While a hook runs, a file {@code hook} beside it names the hook's session; see
 * {@link SessionScript}.
 *
 * <p>Of several that want to remove the same holder's lock, one may: the one that makes the directory named after that
 * holder, and only if the lock is still that holder's then. Otherwise the slower ones would remove the lock of the
 * fastest.
 */
final class LockFunctions {
    /** The holder of a lock that a person took by hand: no process, so it never goes by itself. */
    static final String MANUAL = "manual";

    /**
     * {@code mine}: whether this session still holds the lock. Who takes a lock over removes the links that wait to be
     * renamed to {@code current}, after it has signed: so a script that makes such a link, then asks this, and then
     * renames, never renames once the lock is another's, however late it goes on.
     */
    static final String MINE = """
            mine() {
              holder=
              { read -r holder < .deployflow/lock/owner; } 2>/dev/null && [ "$holder" = "${me-}" ] || {
                echo "the lock was lost meanwhile, so the switch was called off" >&2; exit 1; }
            }
            """;

    private LockFunctions() {}

    /**
     * The functions.
     *
     * <ul>
     *   <li>{@code read_holder}: sets {@code $holder} and {@code $holds} to the two lines; empty where there are none
     *   <li>{@code say_held}: prints {@code held OWNER}, and whether a hook runs
     *   <li>{@code gone}: whether the process that holds the lock has ended; never so for a lock by hand
     *   <li>{@code bury WORD CONDITION}: removes the lock of {@code $holder} if the condition holds still, and prints
     *       the word and who held it
     *   <li>{@code acquire}: makes the lock for {@code $me}, {@code $owner} and {@code $token}, also where another
     *       process holds it by the same token. Prints {@code stale OWNER} where it took over the lock of a process
     *       that is gone; {@code held OWNER}, or {@code manual OWNER} for a lock by hand, and ends with
     *       {@link LockCommands#HELD} where somebody has it
     * </ul>
     */
    static String text() {
        return """
                lock=.deployflow/lock
                boot=unknown
                { read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null || :
                started() {
                  started=
                  { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 0
                  set -- ${stat##*) }
                  case $1 in Z|X) return 0;; esac
                  started=${20}
                }
                unwritable() { echo "$root cannot be written: $1" >&2; exit %1$d; }
                sign() { printf '%%s\\n' "$me" "$owner" ${token:+"$token"} > "$1"; }
                take() {
                  mkdir $lock 2>/dev/null || why=$(mkdir $lock 2>&1) || return 1
                  sign $lock/owner || { rm -rf $lock; unwritable "$lock/owner"; }
                }
                read_holder() {
                  holder= holds= held_by=
                  if [ -f $lock/owner ]; then { read -r holder; read -r holds; read -r held_by; } < $lock/owner || :; fi
                }
                say_held() {
                  hook=
                  if [ -s $lock/hook ]; then hook=', a hook of which is running'; fi
                  echo "held ${holds:-somebody, since a moment ago}$hook"
                }
                adopt() {
                  read_holder
                  [ -n "${token-}" ] && [ "$held_by" = "$token" ] || return 1
                  { sign $lock/owner.$$ && mv -f $lock/owner.$$ $lock/owner; } 2>/dev/null || return 1
                  read_holder
                  [ "$holder" = "$me" ]
                }
                gone() {
                  read_holder
                  [ "$holder" != %2$s ] || return 1
                  if [ -z "$holds" ]; then [ -n "$(find $lock -prune -mmin +1 2>/dev/null)" ]; return; fi
                  set -- $holder
                  [ "$1" = "$boot" ] || return 0
                  if [ -n "${3-}" ]; then started "$2"; [ "$started" != "$3" ]; else ! kill -0 "$2" 2>/dev/null; fi
                }
                bury() {
                  was="$holder $holds" grave=$lock.of-$(echo "${holder:-nobody}" | tr ' ' '-')
                  if ! mkdir "$grave" 2>/dev/null; then
                    if [ -n "$(find "$grave" -prune -mmin +1 2>/dev/null)" ]; then rm -rf "$grave"; fi
                    return 0
                  fi
                  read_holder
                  if $2 && [ "$holder $holds" = "$was" ] && mv $lock "$grave/lock"; then
                    echo "$1 ${holds:-nobody known}"
                  fi
                  rm -rf "$grave"
                }
                acquire() {
                  tries=0
                  until take || adopt; do
                    tries=$((tries + 1))
                    if [ -d $lock ]; then
                      if [ $tries -le 3 ] && gone; then bury stale gone; continue; fi
                      read_holder
                      if [ "$holder" = %2$s ]; then echo "manual ${holds:-somebody}"
                      else say_held
                      fi
                      exit %3$d
                    fi
                    [ $tries -le 3 ] || unwritable "$why"
                  done
                  for link in .current.*; do if [ -L "$link" ]; then rm -f "$link"; fi; done
                }
                """.formatted(LockCommands.UNWRITABLE, MANUAL, LockCommands.HELD);
    }
}
