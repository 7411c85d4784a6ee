package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseCommandsTest {
    private static final ReleaseCommands COMMANDS =
            new ReleaseCommands("/var/www/bob's shop", List.of("log", "tmp/pids"), List.of("config/app.yml"));
    private static final String START = """
            set -eu
            root='/var/www/bob'\\''s shop'
            cd "$root"
            """;

    @Test
    void stage_takesChecksLinksAndRenames() {
        assertThat(COMMANDS.stage("20260101000000", "abc123")).isEqualTo(START + """
                discard() { rm -rf "$1" 2>/dev/null || { chmod -R u+rwX "$1" && rm -rf "$1"; }; }
                id=20260101000000
                tmp=releases/$id.tmp
                mkdir -p releases shared .deployflow/releases
                for old in releases/[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9].tmp; do discard "$old" || echo "$old cannot be removed" >&2; done
                trap 'cd "$root" && discard "$tmp"' EXIT
                trap 'exit 1' HUP INT TERM
                mkdir "$tmp"
                tar -x -z -p -o -f - -C "$tmp"
                if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
                set -- $(cat "$tmp/meta/checks.sh" "$tmp/meta/sums" | $sum)
                [ "$1" = abc123 ] || { echo "the archive did not arrive as it was sent" >&2; exit 1; }
                (cd "$tmp/tree" && . ../meta/checks.sh)
                cd "$tmp/tree"
                mkdir -p '/var/www/bob'\\''s shop/shared/log'
                rm -rf 'log'
                ln -s '/var/www/bob'\\''s shop/shared/log' 'log'
                mkdir -p '/var/www/bob'\\''s shop/shared/tmp/pids'
                mkdir -p 'tmp'
                rm -rf 'tmp/pids'
                ln -s '/var/www/bob'\\''s shop/shared/tmp/pids' 'tmp/pids'
                mkdir -p 'config'
                rm -rf 'config/app.yml'
                ln -s '/var/www/bob'\\''s shop/shared/config/app.yml' 'config/app.yml'
                cd "$root"
                rm -rf ".deployflow/releases/$id"
                mv "$tmp/meta" ".deployflow/releases/$id"
                mv "$tmp/tree" "releases/$id"
                """);
    }

    @Test
    void prepareSwitch_recordsWhatWasLiveBefore() {
        assertThat(COMMANDS.prepareSwitch("20260101000000")).isEqualTo(START + """
                [ -d releases/20260101000000 ] || { echo "releases/20260101000000 is not there" >&2; exit 1; }
                if [ -L releases/current ]; then rm -f releases/current; fi
                previous=
                if [ -L current ]; then previous=$(readlink current); fi
                printf 'release %s\\nprevious %s\\n' 20260101000000 "$previous" > .deployflow/switching.new
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
                        "printf '%s\\n' 'it'\\''s done' >> revisions.log\n",
                        "for id in 20260101000000 20260101000001; do\n",
                        "mv \"releases/$id\" \"$trash/$id.$$\"",
                        ") </dev/null >/dev/null 2>&1 &\n");
    }
}
