package io.deployflow.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LocalCommandTest {
    private final List<String> output = new ArrayList<>();

    @Test
    void run_whenItWritesToBothStreams_givesAllLinesAndTheStatus() throws IOException {
        int status = run("echo out; echo err >&2; echo $NAME; exit 3", CancellationToken.create());

        assertThat(status).isEqualTo(3);
        assertThat(output).containsExactly("out", "err", "value");
    }

    @Test
    void run_whenASignalEndsIt_isNoSuccess() throws IOException {
        assertThat(run("kill -9 $$", CancellationToken.create())).isEqualTo(137);
    }

    @Test
    void run_whenItAsksForInput_getsTheEndOfIt() throws IOException {
        assertThat(run("read line || echo none", CancellationToken.create())).isZero();
        assertThat(output).containsExactly("none");
    }

    @Test
    void run_whenCancelled_endsItAndItsChildren() {
        CancellationToken token = CancellationToken.create();

        assertThatThrownBy(() -> LocalCommand.shell("echo started; sleep 600; echo never", Path.of("."), Map.of())
                        .run(
                                line -> {
                                    output.add(line);
                                    token.cancel();
                                },
                                token))
                .isInstanceOf(DeployCancelledException.class);
        assertThat(output).containsExactly("started");
    }

    @Test
    @Timeout(60)
    void run_whenItLeavesAProcessBehind_doesNotWaitForThat() throws IOException {
        assertThat(run("sleep 120 & sleep 0.3; echo $!", CancellationToken.create()))
                .isZero();
        ProcessHandle.of(Long.parseLong(output.get(0))).ifPresent(ProcessHandle::destroy);
    }

    @Test
    @Timeout(60)
    void run_whenCancelledButItDoesNotListen_isKilled() {
        CancellationToken token = CancellationToken.create();

        assertThatThrownBy(() -> LocalCommand.shell(
                                "trap '' TERM; echo started; while :; do sleep 1; done", Path.of("."), Map.of())
                        .run(line -> token.cancel(), token))
                .isInstanceOf(DeployCancelledException.class);
    }

    private int run(String line, CancellationToken token) throws IOException {
        return LocalCommand.shell(line, Path.of("."), Map.of("NAME", "value")).run(output::add, token);
    }
}
