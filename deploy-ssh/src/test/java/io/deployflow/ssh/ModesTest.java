package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.Manifest.Kind;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModesTest {
    @Test
    void shown_isWhatLsShows() {
        assertThat(Modes.shown(Kind.FILE, 0644)).isEqualTo("-rw-r--r--");
        assertThat(Modes.shown(Kind.FILE, 04751)).isEqualTo("-rwsr-x--x");
        assertThat(Modes.shown(Kind.DIRECTORY, 07666)).isEqualTo("drwSrwSrwT");
        assertThat(Modes.shown(Kind.DIRECTORY, 03777)).isEqualTo("drwxrwsrwt");
    }

    @Test
    void forChmod_givesADirectoryTheModeWhateverItHadBefore(@TempDir Path temp) throws IOException {
        List<String> said = new ArrayList<>();
        for (int mode : new int[] {0555, 0755, 02750, 01777, 07777, 00, 07000}) {
            String shown = Modes.shown(Kind.DIRECTORY, mode);
            String script =
                    "rm -rf d; mkdir d; chmod 6777 d; chmod %s d; stat -c %%A d".formatted(Modes.forChmod(shown));
            assertThat(LocalCommand.shell(script, temp, Map.of()).run(said::add, CancellationToken.create()))
                    .isZero();
            assertThat(said).last().isEqualTo(shown);
        }
    }
}
