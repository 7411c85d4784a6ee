package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentStreamTest {
    private final List<Long> sent = new ArrayList<>();
    private final SentStream stream = new SentStream(new ByteArrayInputStream(new byte[10]), 8, sent::add);

    @Test
    void bytes_areTold_onceMoreAreAskedFor() throws IOException {
        assertThat(stream.read(new byte[5])).isEqualTo(5);
        assertThat(sent).isEmpty();

        assertThat(stream.read(new byte[5])).isEqualTo(3);
        assertThat(sent).containsExactly(5L);

        assertThat(stream.read(new byte[5])).isEqualTo(-1);
        assertThat(sent).containsExactly(5L, 3L);
    }

    @Test
    void bytes_areToldAtItsEnd_once() throws IOException {
        assertThat(stream.read()).isZero();
        stream.close();
        stream.close();

        assertThat(sent).containsExactly(1L);
    }
}
