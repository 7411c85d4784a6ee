package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseCommandsTest {
    private static final ReleaseCommands COMMANDS = new ReleaseCommands("/var/www/bob's shop");
    private static final String START = """
            set -eu
            root='/var/www/bob'\\''s shop'
            cd "$root"
            """;

    @Test
    void prepareSwitch_recordsWhatWasLiveBefore() {
        assertThat(COMMANDS.prepareSwitch("20260101000000")).isEqualTo(START + LockFunctions.MINE + """
                mine
                [ -d releases/20260101000000 ] || { echo "releases/20260101000000 is not there" >&2; exit 1; }
                if [ -L releases/current ]; then rm -f releases/current; fi
                previous=
                if [ -L current ]; then previous=$(readlink current); fi
                word=
                { read -r holder; read -r owner; read -r word name; } < .deployflow/lock/owner || :
                printf 'release %s\\nprevious %s\\ndeploy %s\\n' 20260101000000 "$previous" "$word" > .deployflow/switching.new
                mv -f .deployflow/switching.new .deployflow/switching
                """);
    }

    @Test
    void switchTo_renamesOneLinkOverTheOther() {
        assertThat(COMMANDS.switchTo("20260101000000"))
                .startsWith(START)
                .contains("mv -T \".current.$$\" current")
                .endsWith("""
                        [ "$release" = 20260101000000 ] || { echo "the switch was called off" >&2; exit 1; }
                        point releases/20260101000000
                        """);
    }

    @Test
    void runIn_runsTheCommandInTheReleaseWithoutInput() {
        assertThat(COMMANDS.runIn("releases/20260101000000", "bin/app 'it'")).isEqualTo(START + """
                cd -P 'releases/20260101000000'
                exec /bin/sh -c 'bin/app '\\''it'\\''' </dev/null
                """);
    }

    @Test
    void finish_movesAwayBeforeItRemoves() {
        assertThat(COMMANDS.finish("20260101000002", "it's done", List.of("20260101000000", "20260101000001")))
                .contains(
                        "printf '%s\\n' 'it'\\''s done' >> revisions.log; } 2>&1 )",
                        "for id in 20260101000000 20260101000001; do\n",
                        "mv \"releases/$id\" \"$trash/$id.$$\"",
                        ") </dev/null >/dev/null 2>&1 &\n");
    }
}
