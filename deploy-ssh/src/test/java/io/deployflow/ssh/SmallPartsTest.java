package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
    void lineStream_ofALongLine_goesOnInTheNext_andCutsNoCharacter() throws IOException {
        List<String> seen = new ArrayList<>();
        String longest = "x".repeat(LineStream.LONGEST);
        try (LineStream stream = new LineStream(seen::add, () -> {})) {
            stream.write((longest + "\n" + longest + "yz\n").getBytes(StandardCharsets.UTF_8));
            stream.write((longest.substring(1) + "\u00fc!\n").getBytes(StandardCharsets.UTF_8));
            stream.write("\u0080".repeat(LineStream.LONGEST + 10).getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(seen.subList(0, 5)).containsExactly(longest, longest, "yz", longest.substring(1) + "\u00fc", "!");
        assertThat(seen.subList(5, seen.size())).extracting(String::length).containsExactly(LineStream.LONGEST + 3, 7);
    }

    @Test
    void remoteCommand_thatWritesMuch_keepsTheEndOfIt() {
        HostAddress host = HostAddress.parse("app1");
        List<String> told = new ArrayList<>();
        RemoteCommand command = new RemoteCommand(host, told::add, 1 << 20);
        IntStream.range(0, 100_000).forEach(line -> command.addOutput("line " + line));
        command.ended(0);
        command.ended(0);

        CommandResult result = command.await(Duration.ofSeconds(1), () -> true, CancellationToken.create())
                .orElseThrow();

        assertThat(told).hasSize(100_000);
        assertThat(result.lastLine()).isEqualTo("line 99999");
        assertThat(result.output()).hasSizeBetween(10_000, 20_000);
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
