package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.PushException;
import io.deployflow.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trees with names, links and modes that shells and archives get wrong. */
class OddTreeIT extends RealHosts {
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
    private static final String DIGEST =
            "find . -type l ! -name REVISION -exec sh -c 'for l do printf \"%s -> \" \"$l\"; readlink \"$l\"; done' sh {} + | sort | sha256sum;"
                    + " find . -type f ! -name REVISION -exec sha256sum {} + | sort | sha256sum;"
                    + " find . ! -name . ! -name REVISION ! -type l -exec stat -c '%A %s %n' {} + | grep -v ^d | sort | sha256sum;"
                    + " find . -type d | sort | sha256sum";

    @Test
    void deploy_ofOddNamesLinksAndModes_keepsEveryByte() {
        Story.run("sh", "-c", "cd '" + story.source + "'\n" + MAKE_ODD);
        String here = Story.run("sh", "-c", "export LC_ALL=C; cd '" + story.source + "'; " + DIGEST);

        story.deploy().orThrow();

        for (int host = 0; host < 3; host++) {
            String there = story.on(host, "export LC_ALL=C; cd " + story.settings.deployTo + "/current/.; " + DIGEST);
            assertThat(there).isEqualTo(here);
        }
    }

    @Test
    void deploy_whenALinkOfTheTreeLeadsBelowALinkedDirectory_refuses() {
        Story.run("ln", "-s", story.settings.deployTo + "/shared/tmp", story.source + "/tmp");
        story.settings.linkedDirs = List.of("tmp/pids");

        Report report = story.deploy();

        assertThat(report.failure().orElseThrow())
                .isInstanceOf(PushException.class)
                .hasMessage("'tmp/pids' is to be linked into shared/, but 'tmp' is a link in the tree");
    }
}
