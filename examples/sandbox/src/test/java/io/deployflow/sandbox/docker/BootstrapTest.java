package io.deployflow.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Path ROOT = Path.of("/tmp/root");
    private static final Path TAR = Path.of("/tmp/base.tar");

    @Test
    void commands_namesNoMirror_soTheMachinesOwnIsUsed() {
        assertThat(new Bootstrap(Bootstrap.Tool.MMDEBSTRAP).commands(ROOT, TAR))
                .containsExactly(List.of("mmdebstrap", "--variant=minbase", "bookworm", "/tmp/base.tar"));
        assertThat(new Bootstrap(Bootstrap.Tool.DEBOOTSTRAP).commands(ROOT, TAR))
                .contains(List.of("debootstrap", "--variant=minbase", "bookworm", "/tmp/root"))
                .hasSize(2);
    }

    @Test
    void run_whenTheCommandFails_showsItsOutput() {
        assertThatThrownBy(() -> Bootstrap.run(List.of("sh", "-c", "echo no mirror; exit 4")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("failed (4)", "no mirror");
    }
}
