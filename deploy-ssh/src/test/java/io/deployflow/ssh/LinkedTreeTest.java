package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.PushException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkedTreeTest {
    private static final Manifest SOURCE = new Manifest(List.of(
            new Entry("log", Kind.DIRECTORY, 0700, 0, ""),
            new Entry("log/old.log", Kind.FILE, 0644, 1, "aa"),
            new Entry("logs", Kind.FILE, 0644, 1, "bb"),
            new Entry("tmp", Kind.LINK, 0777, 0, "elsewhere")));

    @Test
    void of_putsLinksInThePlaceOfWhatIsLinked_andMakesTheDirectoriesAboveThem() {
        assertThat(new LinkedTree("/srv/caf\u00e9", List.of("log", "a/b/pids"))
                        .of(SOURCE)
                        .entries())
                .containsExactly(
                        new Entry("a", Kind.DIRECTORY, 0755, 0, ""),
                        new Entry("a/b", Kind.DIRECTORY, 0755, 0, ""),
                        new Entry("a/b/pids", Kind.LINK, 0777, 0, "/srv/caf\u00c3\u00a9/shared/a/b/pids"),
                        new Entry("log", Kind.LINK, 0777, 0, "/srv/caf\u00c3\u00a9/shared/log"),
                        new Entry("logs", Kind.FILE, 0644, 1, "bb"),
                        new Entry("tmp", Kind.LINK, 0777, 0, "elsewhere"));
    }

    @Test
    void of_whereALinkOrAFileIsAboveALinkedPath_refuses() {
        assertThatThrownBy(() -> new LinkedTree("/srv", List.of("tmp/pids")).of(SOURCE))
                .isInstanceOf(PushException.class)
                .hasMessage("'tmp/pids' is to be linked into shared/, but 'tmp' is a link in the tree");
        assertThatThrownBy(() -> new LinkedTree("/srv", List.of("logs/pids")).of(SOURCE))
                .isInstanceOf(PushException.class)
                .hasMessage("'logs/pids' is to be linked into shared/, but 'logs' is a file in the tree");
    }
}
