package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads a real repository of 300 files; each has its number on many lines, the last one 2 MB of them. */
@Timeout(60)
class GitBlobReaderTest extends SourceStage {
    private static final int COUNT = 300;

    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void commit() throws IOException {
        sh("git init -q . && for n in $(seq 0 298); do echo $n > $n; done && yes 299 | head -c 2000000 > 299"
                + " && git hash-object -w $(seq 0 299) > ../ids");
        ids.addAll(Files.readAllLines(temporary.resolve("ids")));
    }

    @Test
    void open_inTheOrderThatWasTold_givesEach() throws IOException {
        try (GitBlobReader reader = reader()) {
            reader.prefetch(ids);

            for (int number = 0; number < COUNT; number++) {
                assertThat(line(reader.open(ids.get(number)))).isEqualTo(String.valueOf(number));
            }
        }
    }

    @Test
    void open_whenNothingIsRead_skipsWhatIsLeft_alsoOfALargeOne() throws IOException {
        try (GitBlobReader reader = reader()) {
            List<String> told = List.of(ids.get(299), ids.get(0), ids.get(299), ids.get(1));
            reader.prefetch(told);

            for (String id : told) {
                assertThat(reader.open(id).size()).isPositive();
            }
            assertThat(line(reader.open(ids.get(2)))).isEqualTo("2");
        }
    }

    @Test
    void open_ofAnotherThanWasTold_givesIt_andThenTheToldOnes() throws IOException {
        try (GitBlobReader reader = reader()) {
            reader.prefetch(ids);
            line(reader.open(ids.get(0)));

            for (int number : List.of(5, 5, 1, 2, 298)) {
                assertThat(line(reader.open(ids.get(number)))).isEqualTo(String.valueOf(number));
            }
        }
    }

    @Test
    void prefetch_whenSomeAreStillToCome_addsToThem() throws IOException {
        try (GitBlobReader reader = reader()) {
            reader.prefetch(ids.subList(0, 2));
            assertThat(line(reader.open(ids.get(0)))).isEqualTo("0");
            reader.prefetch(ids.subList(2, 4));

            for (int number : List.of(1, 2, 3)) {
                assertThat(line(reader.open(ids.get(number)))).isEqualTo(String.valueOf(number));
            }
        }
    }

    @Test
    void open_ofAnObjectThatIsNotThere_namesIt_whateverWasAskedAhead() throws IOException {
        String missing = "0123456789012345678901234567890123456789";
        try (GitBlobReader reader = reader()) {
            reader.prefetch(List.of(ids.get(0), missing, ids.get(1)));
            assertThat(line(reader.open(ids.get(0)))).isEqualTo("0");

            assertThatThrownBy(() -> reader.open(missing))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(missing + " missing");
        }
    }

    private GitBlobReader reader() {
        return new GitBlobReader(new Git(source));
    }

    private static String line(InputStream content) throws IOException {
        String text = new String(content.readAllBytes(), StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf('\n'));
    }
}
