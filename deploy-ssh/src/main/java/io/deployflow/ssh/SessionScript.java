package io.deployflow.ssh;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The program that a session runs on a host: a POSIX {@code sh} that takes scripts from its standard input, runs one
 * after the other, and tells how each ended. Everything that a deploy does on a host goes through it, so that a deploy
 * costs one channel, and a script the time of one question and its answer.
 *
 * <p>To the host goes one line with the program itself, and then for each script a line {@code KIND BYTES}, the script,
 * a line with the tag alone, and {@code BYTES} bytes that are the script's standard input. Nothing more is sent until
 * the script has ended: the programs that take a given number of bytes from a pipe may read ahead.
 *
 * <p>From the host comes, after what a script wrote on each of the two outputs, a newline and a line {@code TAG
 * STATUS}. Where a script ends with an error before it has read its input, a line {@code TAG early STATUS} comes at
 * once, and the rest of the input is read and dropped.
 *
 * <p>A script runs in a subshell, so that nothing of it is left for the next one. It finds {@code $me}, which names
 * this session among all processes that ever ran on the host, and {@code $root}. A <em>step</em> is a script of ours
 * and writes on the session's own outputs. A <em>command</em> runs a program of somebody else, which may leave
 * processes behind: its two outputs come together through a relay that ends with it, so that no late line is taken for
 * the answer of a step. A <em>hook</em> is a command that must not run twice at a time: it runs under the lock, or not
 * at all.
 *
 * <p>When the session's input ends, however that comes, the lock that it holds is given back at once, also while a
 * script runs: whoever copies the input to the loop sees its end. Only a hook keeps the lock until it has ended, by the
 * file {@code hook} in the lock that names its session. Whoever makes that file, the loop before a hook or the other
 * side at the end of the input, decides whether the hook begins. A session that has taken the lock over meanwhile, for
 * the same deploy, hands it back to the hook's.
 *
 * @param root the directory whose lock the session may hold
 * @param tag a word that no program on the host can know
 */
record SessionScript(String root, String tag) {
    /**
     * Starts a session, whatever the account's login shell is: no character in it means something to csh or fish. The
     * program comes by standard input also because everybody on the host can read what stands here.
     */
    static final String COMMAND = "exec /bin/sh -c 'read -r session && eval \"$session\"'";

    /** The last words of a script that needs the lock no more: gives it back, if this session holds it. */
    static final String UNLOCK = "drop\n";

    /** What follows the tag when the session is there. */
    static final String READY = "ready";

    /** What follows the tag, before the status, when a script failed and its input is still to come. */
    static final String EARLY = "early ";

    // In one line on the wire: each line here is whole. A hook's relay and the loop after it are deaf to SIGPIPE: they
    // go on where nobody hears them any more.
    private static final String PROGRAM = """
            nl=${IFS#??};
            boot=unknown; start=;
            { read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null || :;
            { read -r stat < /proc/$$/stat; } 2>/dev/null && { set -- ${stat##*) }; start=${20}; };
            me="$boot $$${start:+ $start}";
            tag=%s; root=%s;
            held_here="$root/.deployflow/lock";
            held() { { read -r holder < "$held_here/owner"; } 2>/dev/null && [ "$holder" = "$me" ]; };
            claim() { ( set -C; : > "$held_here/hook" ) 2>/dev/null; };
            hook_of() { running=; { read -r running < "$held_here/hook"; } 2>/dev/null || :; };
            drop() {
            held || return 0;
            if claim || { [ ! -e "$held_here/hook" ] && held; }; then rm -rf "$held_here"; return 0; fi;
            hook_of;
            case $running in
            ''|"$me") ;;
            *) { echo "$running"; sed 1d "$held_here/owner"; } > "$held_here/owner.$$";
            mv -f "$held_here/owner.$$" "$held_here/owner";;
            esac;
            };
            tell() { printf '\\n%%s %%s\\n' "$tag" "$1"; printf '\\n%%s %%s\\n' "$tag" "$1" >&2; };
            fed() {
            head -c "$1" | ( ( eval "$script" ); st=$?;
            if [ $st != 0 ]; then tell "early $st"; cat >/dev/null; fi;
            while read -r line; do :; done; exit $st );
            };
            deaf() { trap '' PIPE; };
            relayed() {
            ( ( eval "$script" ) </dev/null 2>&1; printf '\\n%%s %%s\\n' "$tag" $? ) | (
            "$1"; empty=;
            while IFS= read -r line; do
            case $line in
            "$tag "*) printf %%s "${empty%%?}"; exit "${line#"$tag "}";;
            '') empty=$empty$nl;;
            *) printf '%%s%%s\\n' "$empty" "$line"; empty=;;
            esac;
            done; exit 141 );
            };
            begin_hook() {
            claim || return 1;
            held && echo "$me" > "$held_here/hook" || { rm -f "$held_here/hook"; return 1; };
            };
            hooked() {
            begin_hook || { echo 'no hook may begin: the lock was lost, or another hook of it still runs'; return 75; };
            relayed deaf; st=$?;
            hook_of; if [ "$running" = "$me" ]; then rm -f "$held_here/hook"; fi;
            return $st;
            };
            { cat; drop; } | (
            tell ready;
            while read -r kind size; do
            script=;
            while IFS= read -r line && [ "$line" != "$tag" ]; do script=$script$line$nl; done;
            case $kind.$size in
            step.0) ( eval "$script" ) </dev/null;;
            step.*) fed "$size";;
            command.*) relayed :;;
            hook.*) hooked; st=$?; deaf; tell $st; trap - PIPE; continue;;
            *) exit 70;;
            esac;
            tell $?;
            done; drop )
            """;

    /** A session's program with a tag of its own. */
    static SessionScript of(String root) {
        return new SessionScript(root, UUID.randomUUID().toString());
    }

    /** What is sent first of all. */
    byte[] opening() {
        String program = PROGRAM.formatted(tag, Sh.quote(root));
        return bytes(program.lines().collect(Collectors.joining(" ", "", "\n")));
    }

    /**
     * A script of ours.
     *
     * @param payload how many bytes of input follow
     */
    byte[] step(String script, long payload) {
        return bytes("step " + payload + "\n" + framed(script));
    }

    /** A script that runs a program of somebody else. */
    byte[] command(String script) {
        return bytes("command 0\n" + framed(script));
    }

    /** A script that runs a program of somebody else under the lock, which is kept until the program has ended. */
    byte[] hook(String script) {
        return bytes("hook 0\n" + framed(script));
    }

    private String framed(String script) {
        return script + (script.endsWith("\n") ? "" : "\n") + tag + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
