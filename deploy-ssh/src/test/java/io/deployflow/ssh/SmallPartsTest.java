package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

    @Test
    void healthUrl_ofAUri_hasWhatARequestNeeds() {
        assertThat(HealthUrl.of(URI.create("http://localhost:3000/health?deep=1")))
                .isEqualTo(new HealthUrl("localhost", 3000, "/health?deep=1", "localhost:3000"));
        assertThat(HealthUrl.of(URI.create("http://[::1]"))).isEqualTo(new HealthUrl("::1", 80, "/", "[::1]"));
    }

    @Test
    void httpAnswer_ofText_hasStatusAndBody() throws IOException {
        assertThat(HttpProbe.parse("HTTP/1.1 204 No Content\r\nX: y\r\n\r\nbody"))
                .isEqualTo(new HttpProbe.Answer(204, "body"));
        assertThat(HttpProbe.parse("HTTP/1.0 500\r\n\r\n").isOk()).isFalse();
    }

    @Test
    void httpAnswer_ofSomethingElse_isRefused() {
        assertThatThrownBy(() -> HttpProbe.parse("")).hasMessage("nothing answers");
        assertThatThrownBy(() -> HttpProbe.parse("SSH-2.0-x\r\n")).hasMessageContaining("does not speak HTTP");
    }

    @Test
    void commandResult_ofAFailure_saysHowItEndedAndTheLastItSaid() {
        HostAddress host = HostAddress.parse("app1");

        assertThat(new CommandResult(host, 137, List.of(), List.of()).why()).isEqualTo("killed by signal 9");
        assertThatThrownBy(() -> new CommandResult(host, 3, List.of("out"), List.of("a", "b")).orFail("restart"))
                .hasMessage("app1: restart failed: exit status 3: a\n  b");
    }

    @Test
    void lineStream_cutsLinesAndEndsOnce() throws IOException {
        List<String> seen = new ArrayList<>();
        LineStream stream = new LineStream(seen::add, () -> seen.add("END"));
        stream.write("one\r\ntwo\nth".getBytes(StandardCharsets.UTF_8));
        stream.write("ree".getBytes(StandardCharsets.UTF_8));
        stream.close();
        stream.close();

        assertThat(seen).containsExactly("one", "two", "three", "END");
    }

    @Test
    void rawPath_ofAnyBytes_comesBackTheSame() {
        Path root = Path.of("/srv/a b");
        String bytes = "caf\u00e9/%41 \n?#'";

        assertThat(RawPaths.below(root, RawPaths.resolve(root, bytes))).isEqualTo(bytes);
        assertThat(RawPaths.linkText(Path.of("../up/x"))).isEqualTo("../up/x");
        assertThat(RawPaths.linkText(Path.of("/etc/hosts"))).isEqualTo("/etc/hosts");
    }
}
