package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostManifestTest {
    private static final HostManifest MANIFEST = HostManifest.of(new Manifest(List.of(
            new Entry("-rf", Kind.FILE, 0644, 1, "aa"),
            new Entry("bin", Kind.DIRECTORY, 02750, 0, ""),
            new Entry("bin/run", Kind.FILE, 0755, 2, "bb"),
            new Entry("it's", Kind.LINK, 0777, 0, "bin/run"),
            new Entry("back\\slash\r", Kind.FILE, 0600, 4, "dd"),
            new Entry("two\nlines\\", Kind.FILE, 0644, 3, "cc"),
            new Entry("latin\u00e9", Kind.FILE, 0644, 5, "ee"))));

    @Test
    void text_hasALineAnEntrySortedByItsBytes() {
        String digest = Digests.sha256("bin/run".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(MANIFEST.text())
                .isEqualTo("-rw------- 4 dd ./back\\slash\r\n"
                        + "-rw-r--r-- 1 aa ./-rf\n"
                        + "-rw-r--r-- 5 ee ./latin\u00e9\n"
                        + "-rwxr-xr-x 2 bb ./bin/run\n"
                        + "\\-rw-r--r-- 3 cc ./two\\nlines\\\\\n"
                        + "drwxr-s--- - - ./bin\n"
                        + "l 7 " + digest + " ./it's\n");
    }

    @Test
    void parse_ofItsText_isTheSame() {
        assertThat(HostManifest.parse(MANIFEST.text())).isEqualTo(MANIFEST);
        assertThat(HostManifest.parse("")).isEqualTo(HostManifest.empty());
    }

    @Test
    void parse_ofAnotherText_isRefused() {
        assertThatThrownBy(() -> HostManifest.parse("Welcome to app1\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digest_isThatOfTheText() {
        assertThat(new BaseRelease("20260101000000", MANIFEST.digest()).isOf(MANIFEST.text()))
                .isTrue();
        assertThat(new BaseRelease("20260101000000", MANIFEST.digest()).isOf(MANIFEST.text() + "\n"))
                .isFalse();
    }
}
