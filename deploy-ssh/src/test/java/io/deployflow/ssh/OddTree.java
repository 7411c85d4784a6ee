package io.deployflow.ssh;

import java.nio.file.Path;

/** A tree with names, links and modes that shells and archives get wrong. */
final class OddTree {
    // Bytes that are no UTF-8 can only be written by a shell here: Java would encode them.
    private static final String MAKE_ODD = """
            set -e
            touch -- '-rf' ' leading' 'trailing ' "new
            line" 'q"uo'"'"'te' 'back\\slash' 'dollar$HOME' 'star*' "$(printf 'latin\\351')" "$(printf 'cr\\r')"
            for f in *; do [ -d "$f" ] || printf '%s' "$f" > "./$f"; done
            mkdir -p 'empty dir' "deep/$(printf 'd%.0s' $(seq 120))/$(printf 'e%.0s' $(seq 120))"
            (cd deep/*/* && echo deep > file)
            printf '#!/bin/sh\\n' > run.sh; chmod 755 run.sh; chmod 640 app.txt
            ln -s app.txt link; ln -s nowhere/at/all dangling; ln -s 'empty dir' dirlink; ln -s /etc/hostname absolute
            ln -s "$(printf 'latin\\351')" "to
            newline"
            """;
    // Four files that change, one that is new, links that change, and of each kind of name one that goes.
    private static final String CHANGE_ODD = """
            set -e
            for f in '-rf' 'star*' 'q"uo'"'"'te' "$(printf 'latin\\351')"; do printf 'changed' > "./$f"; done
            rm -- ' leading' "new
            line" "$(printf 'cr\\r')" dirlink
            rmdir 'empty dir'
            printf 'new' > '-n $(new) \\'; chmod 600 'trailing '
            ln -sf 'star*' "to
            newline"
            ln -s 'deep' 'empty dir'
            """;
    // Programs print odd names as each likes: the digest is of content and of what find hands over.
    private static final String DIGEST =
            "find . -type l ! -name REVISION -exec sh -c 'for l do printf \"%s -> \" \"$l\"; readlink \"$l\"; done' sh {} + | sort | sha256sum;"
                    + " find . -type f ! -name REVISION -exec sh -c 'for f do printf \"%s \" \"$f\"; sha256sum < \"$f\"; done' sh {} + | sort | sha256sum;"
                    + " find . ! -name . ! -name REVISION ! -type l -exec stat -c '%A %s %n' {} + | grep -v ^d | sort | sha256sum;"
                    + " find . -type d | sort | sha256sum";

    private OddTree() {}

    /** Adds it to a source, and digests the whole source. */
    static String make(Path source) {
        Story.run("sh", "-c", "cd '" + source + "'\n" + MAKE_ODD);
        return digest(source);
    }

    /** Changes it: contents, modes and links, what is there and what is not. Digests the whole source. */
    static String change(Path source) {
        Story.run("sh", "-c", "cd '" + source + "'\n" + CHANGE_ODD);
        return digest(source);
    }

    private static String digest(Path source) {
        return Story.run("sh", "-c", "export LC_ALL=C; cd '" + source + "'; " + DIGEST);
    }

    /** The digest of what a host serves, by the host's own programs. */
    static String served(Story story, int host) {
        return story.on(host, "export LC_ALL=C; cd " + story.settings.deployTo + "/current/.; " + DIGEST);
    }
}
