package io.deployflow.ssh;

import io.deployflow.ContentCheck;
import io.deployflow.ssh.SshSettings.Copy;
import java.util.List;
import java.util.Optional;

/**
 * The script that makes a release out of the host's own current one and what is sent, or of what is sent alone.
 *
 * @param deployTo the directory on the host that holds {@code releases/} and {@code shared/}
 * @param linkedDirs directories of the release that are links into {@code shared/}, where they are made if missing
 * @param copy how the current release is copied
 * @param verifyAll whether every file's digest is checked, or only that of what was sent
 */
record StageCommands(String deployTo, List<String> linkedDirs, Copy copy, boolean verifyAll) {
    /** The exit status of a host that needs the whole tree; the last line of its output says why. */
    static final int NEEDS_WHOLE_TREE = 75;

    // The names of releases whose push or removal did not end; anything else below releases/ is not ours.
    private static final String LEFTOVERS = "releases/" + "[0-9]".repeat(14) + ".tmp";

    private static final String FUNCTIONS = """
            fail() { echo "$1" >&2; exit 1; }
            whole() { printf '%%s\\n' "$1"; exit %d; }
            """.formatted(NEEDS_WHOLE_TREE) + ReleaseCommands.DISCARD;

    private static final String LOCALE = """
            export LC_ALL=C TZ=UTC0
            unset QUOTING_STYLE
            """;

    private static final String SUM = """
            if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
            """;

    private static final String PREPARE = """
            id=%s
            tmp=releases/$id.tmp
            for dir in releases shared .deployflow/releases %s; do [ -d "$dir" ] || mkdir -p "$dir"; done
            for old in %s; do
              if [ -e "$old" ] || [ -L "$old" ]; then discard "$old" || echo "$old cannot be removed" >&2; fi
            done
            if [ -e releases/$id ] || [ -L releases/$id ]; then
              fail "releases/$id is there already, and this deploy did not make it: move it away"
            fi
            trap 'wait; cd "$root" && discard "$tmp"' EXIT
            trap 'exit 1' HUP INT TERM
            mkdir "$tmp" "$tmp/meta"
            cd "$tmp"
            """;

    // No parentheses in find: busybox's forgets what -exec + has gathered in them.
    // Modes, sizes and names of everything below, and what tells an edit: a file's time, a link's text. A path with a
    // newline is told as the manifest has it. GNU's find tells it all by itself.
    private static final String LIST = """
            nl='
            '
            o=-c t=%y m=%A s=%s n=%n text=%N
            export o t m s text
            odd='for path do
              kind="$m $s" stamp=$t
              if [ -L "$path" ]; then kind="l $s" stamp=; stat $o "=$text" "$path"
              elif [ -d "$path" ]; then kind="$m -" stamp=
              fi
              stat $o "$stamp|\\\\$kind" "$path" | tr "\\n" " "
              printf "%s\\n" "$path" | sed -e "s/[\\\\]/&&/g" -e "\\$!s/\\$/\\\\\\\\n/" | tr -d "\\n"
              echo
            done'
            list() {
              if find . -path "*$nl*" -exec sh -c "$odd" sh {} + \\
                -o -lname "*$nl*" -exec stat $o "|l $s $n$nl=$text" {} + \\
                -o -type d ! -name . -printf '|%M - %p\\n' -o -type d \\
                -o -type l -printf '|l %s %p\\n=%p -> %l\\n' -o -printf '%T@|%M %s %p\\n' 2>/dev/null
              then return
              fi
              stat -c %n . >/dev/null 2>&1 || o=-f t=%Fm m=%Sp s=%z n=%N text='%N -> %Y'
              find . -path "*$nl*" -exec sh -c "$odd" sh {} + \\
                -o -type d ! -name . -exec stat $o "|$m - $n" {} + -o -type d \\
                -o -type l -exec stat $o "|l $s $n$nl=$text" {} + \\
                -o -exec stat $o "$t|$m $s $n" {} +
            }
            """;

    private static final String RECEIVE = """
            tar -x -z -p -o -f -
            """;

    private static final String ARRIVED = """
            $sum -c in/sums > said 2>&1 || { grep -v ': OK$' said >&2 || :; fail "the archive did not arrive as it was sent"; }
            if [ -s in/arrival.sh ]; then (cd new && . ../in/arrival.sh); fi
            """;

    private static final String START_COPY = """
            base=releases/%1$s old=.deployflow/releases/%1$s
            [ -d "$root/$base" ] && [ ! -L "$root/$base" ] && [ -f "$root/$old/record" ] || whole "$base is not there"
            %2$s &
            copying=$!
            """;

    // On most file systems a copy lists its entries in the order of what it was made of: nothing is to be sorted there.
    private static final String END_COPY = """
            wait $copying || { discard tree && cp -RPp "../../$base" tree; } || whole "$base cannot be copied"
            cd tree
            list > ../copied || whole "$base cannot be read"
            cd ..
            different=
            cmp -s "$root/$old/record" copied 2>/dev/null || {
              sort "$root/$old/record" copied > both
              different=$(uniq -u both)
            }
            [ -z "$different" ] || whole "$base is not as it was staged: $(printf '%s\\n' "$different" | head -n 1)"
            """;

    // A link takes a file's place by itself. A copy would be written into the file, which is the old release's too.
    private static final String APPLY = """
            cd tree
            if [ -s ../in/locked ]; then xargs -0 chmod u+rwx < ../in/locked; fi
            if [ -s ../in/gone ]; then xargs -0 rm -rf < ../in/gone; fi
            cp -alf ../new/. . 2>/dev/null || {
              if [ -s ../in/replaced ]; then xargs -0 rm -f < ../in/replaced; fi
              cp -RPpf ../new/. .
            }
            cd ..
            """;

    private static final String MODES = """
            for mode in in/mode.*; do
              [ -e "$mode" ] || continue
              (cd tree && xargs -0 chmod "${mode#in/mode.}") < "$mode"
            done
            """;

    private static final String CHECK = """
            cd tree
            list > ../meta/record || fail "releases/$id.tmp cannot be read"
            cd ..
            sed -n 's/^[^|=]*|//p' meta/record | sort > found
            set -- $($sum meta/manifest found %1$s)
            [ "$1" = %2$s ] || %4$s "the manifest of ${base:-$id} is not as it should be"
            if [ "$3" != %3$s ]; then
              sed 's/^\\([^ ]* [^ ]*\\) [^ ]*/\\1/' meta/manifest | sort - found > both
              %4$s "releases/$id is not as its manifest says: $(uniq -u both | head -n 1)"
            fi
            """;

    private static final String CHECK_NOTES = """
            [ "$5" = %s ] || fail "the archive did not arrive as it was sent"
            """;

    // What sha256sum would not find in a list, or would take for another name, is asked for by itself.
    private static final String VERIFY_ALL = """
            cr=$(printf '\\r')
            sed -n -e '/[\\]/d' -e "/$cr/d" -e 's/^-[^ ]* [^ ]* \\([^ ]*\\) /\\1  /p' meta/manifest > all
            sed -n -e '/^[\\]*-.*[\\]/p' -e "/^[\\]*-.*$cr/p" meta/manifest | sort -u > odd
            {
              [ ! -s all ] || (cd tree && $sum -c ../all 2>&1) | sed -e '/: OK$/d'
              while IFS= read -r line; do
                rest=${line#* * } path=${line#* * * }
                case $line in \\\\*) path=$(printf '%b.' "$path"); path=${path%.};; esac
                set -- $($sum < "tree/$path")
                [ "$1" = "${rest%% *}" ] || printf '%s\\n' "$path"
              done < odd
            } > wrong
            [ ! -s wrong ] || whole "$base has other content than it should: $(head -n 1 wrong)"
            """;

    private static final String PUBLISH = """
            printf '%%s\\n' %s > meta/info
            printf '%%s\\n' %s > meta/digest
            cd "$root"
            if [ -e ".deployflow/releases/$id" ]; then rm -rf ".deployflow/releases/$id"; fi
            mv "$tmp/meta" ".deployflow/releases/$id"
            mv "$tmp/tree" "releases/$id"
            """;

    /**
     * By what a host tells that all is as it should be: SHA-256, each.
     *
     * @param notes see {@link StageNotes#digest}; empty where nothing is sent, because nothing differs
     * @param manifest see {@link HostManifest#digest}
     * @param listing see {@link HostManifest#listingDigest}
     */
    record Expected(Optional<String> notes, String manifest, String listing) {}

    /** The same with what a deploy was told to check, if it was. */
    StageCommands checking(Optional<ContentCheck> check) {
        boolean all = check.map(ContentCheck.FULL::equals).orElse(verifyAll);
        return new StageCommands(deployTo, linkedDirs, copy, all);
    }

    /**
     * Stages a release: takes a compressed tar ({@link ReleaseArchive}) from standard input, makes
     * {@code releases/ID.tmp} of it, alone or on a copy of the host's own release, compares all of it with the
     * manifest, and renames it to {@code releases/ID}. Whatever fails, only {@code ID.tmp} is left, and mostly not even
     * that; what earlier pushes left is removed, as far as this account may.
     *
     * @param info the line of {@code info}: revision, time, person
     * @param base id of the release that the delta is for; empty for a whole tree
     * @param expected of what is sent, and of what it makes
     */
    String stage(String id, String info, Optional<String> base, Expected expected) {
        boolean sent = expected.notes().isPresent();
        String receive = sent ? RECEIVE + ARRIVED : "";
        String check = CHECK.formatted(
                        sent ? "in/sums" : "",
                        expected.manifest(),
                        expected.listing(),
                        base.isPresent() ? "whole" : "fail")
                + expected.notes().map(CHECK_NOTES::formatted).orElse("");
        String body = base.map(from -> START_COPY.formatted(from, copyCommand())
                        + receive
                        + (sent ? MERGE : KEEP)
                        + END_COPY
                        + (sent ? APPLY + MODES : "")
                        + check
                        + (verifyAll ? VERIFY_ALL : ""))
                .orElseGet(() -> receive + "mv new tree\n" + MODES + "mv in/added meta/manifest\n" + check);
        return "set -eu\nroot=" + Sh.quote(deployTo) + "\ncd \"$root\"\n"
                + LOCALE + FUNCTIONS + SUM + LIST
                + PREPARE.formatted(id, sharedDirs(), LEFTOVERS)
                + body
                + PUBLISH.formatted(Sh.quote(info), expected.manifest());
    }

    // While the copy is made. By sort and uniq alone: what stands in the old manifest and in removed, or in removed
    // only, stands there three times or twice.
    private static final String MERGE = """
            sort "$root/$old/manifest" in/removed in/removed in/added > both || whole "$old/manifest cannot be read"
            uniq -u both > meta/manifest
            """;

    private static final String KEEP = """
            cp "$root/$old/manifest" meta/manifest || whole "$old/manifest cannot be read"
            """;

    private String sharedDirs() {
        return Sh.quote(linkedDirs.stream().map(path -> "shared/" + path).toList());
    }

    private String copyCommand() {
        String how = switch (copy) {
            case HARDLINK -> "-al";
            case REFLINK -> "-a --reflink=auto";
            case FULL -> "-RPp";
        };
        return "cp " + how + " \"../../$base\" tree 2>/dev/null";
    }
}
