package io.deployflow.ssh;

import java.util.List;

/**
 * The scripts that a deploy runs on a host, for a POSIX {@code sh} with GNU, busybox or BSD tools. One script a step:
 * each stops at its first error, and none leaves half a step that the next deploy could not tell from a whole one.
 *
 * @param deployTo the directory on the host that holds {@code releases/}, {@code shared/} and {@code current}
 */
record ReleaseCommands(String deployTo) {
    // rename(2) replaces the link in one step. GNU and busybox call that -T; BSD says -h, and is looked at afterwards:
    // an mv that knows neither would go into the link.
    // Capistrano's rollback takes the directory with the newest time for what is live, and goes to the one before it.
    private static final String POINT = LockFunctions.MINE + """
            point() {
              for link in .current.*; do if [ -L "$link" ]; then rm -f "$link"; fi; done
              ln -s "$1" ".current.$$"
              mine
              mv -T ".current.$$" current 2>/dev/null || {
                mv -f -h ".current.$$" current
                now=$(readlink current) && [ "$now" = "$1" ] || { echo "current is $now, not $1" >&2; exit 1; }
              }
              touch -c "$1" 2>/dev/null || :
            }
            """;

    private static final String READ_JOURNAL = """
            release= previous=
            if [ -f .deployflow/switching ]; then
              while read -r key value; do
                case $key in release) release=$value;; previous) previous=$value;; esac
              done < .deployflow/switching
            fi
            """;

    // By the first word of the lock's, which no other deploy has and all of its hosts do, a host tells later which
    // switch
    // it was that it confirmed.
    private static final String WRITE_JOURNAL = """
            word=
            { read -r holder; read -r owner; read -r word name; } < .deployflow/lock/owner || :
            printf 'release %%s\\nprevious %%s\\ndeploy %%s\\n' %1$s "$previous" "$word" > .deployflow/switching.new
            mv -f .deployflow/switching.new .deployflow/switching
            """;

    private static final String CALLED_OFF = """
            [ "$release" = %s ] || { echo "the switch was called off" >&2; exit 1; }
            """;

    private static final String MOVE_AWAY = """
            trash=.deployflow/trash
            for old in "$trash"/*; do
              [ -e "$old" ] || [ -L "$old" ] || continue
              [ -z "$(find "$old" -prune -mmin +60 2>/dev/null)" ] || echo "stuck $old"
            done
            for id in %s; do
              [ -d "$trash" ] || mkdir -p "$trash"
              mv "releases/$id" "$trash/$id.$$" 2>/dev/null || echo "kept releases/$id"
            done
            """;

    // Nobody waits for it, so nothing of it may stay connected to whoever ran the script; and the application goes
    // first, also on the disk: Linux takes that from nice. With a release goes what is known of it.
    private static final String EMPTY_TRASH = """
            full=
            for old in "$trash"/*; do if [ -e "$old" ] || [ -L "$old" ]; then full=1; fi; done
            if [ "$full" ]; then
              (
                trap '' HUP INT TERM PIPE
                gently=
                if command -v nice; then gently='nice -n 19'; fi
                for old in "$trash"/*; do
                  id=${old##*/} known=.deployflow/releases/${id%%.*}
                  $gently rm -rf "$old" "$known" || rm -rf "$old" "$known" || { chmod -R u+rwX "$old" && rm -rf "$old"; }
                done
              ) </dev/null >/dev/null 2>&1 &
            fi
            """;

    /** A function that removes a directory with what is in it, also where modes forbid it; a link is never followed. */
    static final String DISCARD = """
            discard() { rm -rf "$1" 2>/dev/null || { [ ! -L "$1" ] && chmod -R u+rwX "$1" && rm -rf "$1"; }; }
            """;

    /** What a release's link text is: relative, so that {@code deploy_to} can be moved. */
    static String link(String id) {
        return "releases/" + id;
    }

    /**
     * Makes sure that the release is there and records, before the switch, what is to be switched and from what.
     * Removes the link that a killed Capistrano leaves, and would publish the next time.
     */
    String prepareSwitch(String id) {
        return start() + LockFunctions.MINE + """
                mine
                [ -d releases/%1$s ] || { echo "releases/%1$s is not there" >&2; exit 1; }
                if [ -L releases/current ]; then rm -f releases/current; fi
                previous=
                if [ -L current ]; then previous=$(readlink current); fi
                """.formatted(id) + WRITE_JOURNAL.formatted(id);
    }

    /**
     * Makes a release live: one rename. Refuses where the journal does not say so: a command that a frozen host gets
     * late must not undo what was decided meanwhile.
     */
    String switchTo(String id) {
        return start() + POINT + READ_JOURNAL + CALLED_OFF.formatted(id) + "point " + link(id) + "\n";
    }

    /** Prints what {@code current} links to; an empty line where it does not exist. */
    String readCurrent() {
        return start() + "if [ -L current ]; then readlink current; else echo; fi\n";
    }

    /**
     * Puts back what was live before a release was switched to, if it was. Prints {@code unchanged}, {@code restored}
     * and the link's text, or {@code removed} where nothing was live before. Fails, and leaves the link as it is, where
     * what was live before is not there any more.
     */
    String switchBack(String id) {
        return start() + POINT + READ_JOURNAL + """
                now=
                if [ -L current ]; then now=$(readlink current); fi
                if [ "$release" != %s ] || [ "$now" = "$previous" ]; then echo "unchanged $now"
                elif [ -z "$previous" ]; then rm -f current; echo removed
                elif [ ! -d "$previous" ]; then echo "$previous, which was live before, is not there" >&2; exit 1
                else point "$previous"; echo "restored $previous"
                fi
                """.formatted(id);
    }

    /** Runs a shell command in the directory that a link's text names. */
    String runIn(String link, String command) {
        return start() + "cd -P " + Sh.quote(link) + "\nexec /bin/sh -c " + Sh.quote(command) + " </dev/null\n";
    }

    /**
     * Runs a shell command in a directory below {@code deploy_to}.
     *
     * @param exports shell text that exports its variables; what a session runs stands in no list of processes
     */
    String runHook(String directory, String exports, String command) {
        return start() + "cd -P " + Sh.quote(directory) + "\n" + exports + "exec /bin/sh -c " + Sh.quote(command)
                + " </dev/null\n";
    }

    /** Fails where a release is not what is to be switched to, or not any more. */
    String checkPrepared(String id) {
        return start() + READ_JOURNAL + CALLED_OFF.formatted(id);
    }

    /**
     * Records that a rollout failed and was taken back; its age keeps Capistrano from rolling back to it. The switch
     * has ended then, also where there is no room for the mark: prints {@code unmarked WHY} there.
     */
    String markFailed(String id) {
        return start() + """
                meta=.deployflow/releases/%1$s
                why=$( { mkdir -p $meta && : > $meta/failed; } 2>&1 ) || echo "unmarked $why"
                touch -c -t 197001020000 releases/%1$s 2>/dev/null || :
                """.formatted(id) + endSwitch(id);
    }

    /**
     * Records that a release serves and has passed its checks, ends the switch, and moves old releases away. The
     * journal itself becomes the mark, by one rename: that needs no room, and no host has both or neither. Then the
     * deploy is done: what was moved away is removed by a process that the script leaves behind, together with what
     * earlier ones did not get to. Prints {@code unlogged WHY} where the log cannot be written, which only people and
     * Capistrano read; {@code kept NAME} for what cannot be moved away, and {@code stuck NAME} for what was moved away
     * more than an hour ago and still is there.
     *
     * @param logLine what is appended to Capistrano's {@code revisions.log}
     * @param excess ids of the releases that go
     */
    String finish(String id, String logLine, List<String> excess) {
        return start()
                + READ_JOURNAL
                + """
                meta=.deployflow/releases/%1$s
                [ -d $meta ] || mkdir -p $meta
                if [ -e $meta/failed ]; then rm -f $meta/failed; fi
                if [ "$release" = %1$s ]; then
                  why=$( { printf '%%s\\n' %2$s >> revisions.log; } 2>&1 ) || echo "unlogged $why"
                  mv -f .deployflow/switching $meta/good
                elif [ ! -e $meta/good ]; then : > $meta/good
                fi
                """.formatted(id, Sh.quote(logLine))
                + MOVE_AWAY.formatted(String.join(" ", excess))
                + EMPTY_TRASH;
    }

    /** Forgets a switch to a release that was undone or that never happened. */
    String forgetSwitch(String id) {
        return start() + endSwitch(id);
    }

    // Only its own: where the lock was lost meanwhile, the journal may be of another deploy, which relies on it.
    private static String endSwitch(String id) {
        return READ_JOURNAL + "if [ \"$release\" = " + id + " ]; then rm -f .deployflow/switching; fi\n";
    }

    /**
     * Removes releases; a removal that is cut short leaves only {@code ID.tmp}. What cannot be removed, because it
     * holds files of other accounts, does not keep the others; then it fails in the end.
     */
    String prune(List<String> ids) {
        return start() + DISCARD + """
                kept=
                for id in %s; do
                  mv "releases/$id" "releases/$id.tmp" && discard "releases/$id.tmp" || kept="$kept releases/$id.tmp"
                  rm -rf ".deployflow/releases/$id"
                done
                [ -z "$kept" ] || { echo "these cannot be removed:$kept" >&2; exit 1; }
                """.formatted(String.join(" ", ids));
    }

    private String start() {
        return "set -eu\nroot=" + Sh.quote(deployTo) + "\ncd \"$root\"\n";
    }
}
