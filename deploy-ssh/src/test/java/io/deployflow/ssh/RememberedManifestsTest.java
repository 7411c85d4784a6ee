package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedManifestsTest {
    @TempDir
    private Path temp;

    private static HostManifest manifest(int number) {
        Entry entry = new Entry("latin\u00e9\r" + number, Kind.FILE, 0644, number, "e".repeat(64));
        return HostManifest.of(new Manifest(List.of(entry)));
    }

    private RememberedManifests remembered() {
        return new RememberedManifests(temp.resolve("made/when/needed"));
    }

    @Test
    void find_ofWhatWasKept_isTheSame() {
        HostManifest manifest = manifest(1);
        remembered().keep(manifest);

        assertThat(remembered().find(manifest.digest())).contains(manifest);
        assertThat(remembered().find(manifest(2).digest())).isEmpty();
    }

    @Test
    void find_ofWhatWasDamaged_isNothing() throws IOException {
        HostManifest manifest = manifest(1);
        remembered().keep(manifest);
        Path file = remembered().folder().resolve(manifest.digest());

        Files.writeString(file, manifest.text() + "-rw-r--r-- 1 ee ./more\n", StandardCharsets.ISO_8859_1);
        assertThat(remembered().find(manifest.digest())).isEmpty();
        Files.writeString(file, "no manifest\n");
        assertThat(remembered().find(manifest.digest())).isEmpty();
    }

    @Test
    void newest_isWhatWasKeptLast() throws IOException {
        assertThat(remembered().newest()).isEmpty();
        for (int number : new int[] {2, 3, 1}) {
            remembered().keep(manifest(number));
            Path file = remembered().folder().resolve(manifest(number).digest());
            Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * number));
        }

        assertThat(remembered().newest()).contains(manifest(3));
    }

    @Test
    void keep_whereThereAreMany_forgetsTheOldest() throws IOException {
        for (int number = 0; number < 25; number++) {
            remembered().keep(manifest(number));
            Path file = remembered().folder().resolve(manifest(number).digest());
            Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * number));
        }

        try (Stream<Path> files = Files.list(remembered().folder())) {
            assertThat(files).hasSize(20);
        }
        assertThat(remembered().find(manifest(4).digest())).isEmpty();
        assertThat(remembered().find(manifest(5).digest())).isPresent();
    }

    @Test
    void keep_whereNothingCanBeWritten_isNoFailure() throws IOException {
        RememberedManifests nowhere = new RememberedManifests(Files.createFile(temp.resolve("file")));

        nowhere.keep(manifest(1));

        assertThat(nowhere.find(manifest(1).digest())).isEmpty();
    }

    @Test
    void ofThisUser_isWhereCachesAre() {
        Path home = Path.of("/home/me");

        assertThat(RememberedManifests.ofThisUser(home, Map.of()).folder())
                .isEqualTo(Path.of("/home/me/.cache/deployflow/manifests"));
        assertThat(RememberedManifests.ofThisUser(home, Map.of("XDG_CACHE_HOME", "/c"))
                        .folder())
                .isEqualTo(Path.of("/c/deployflow/manifests"));
        assertThat(RememberedManifests.ofThisUser(home, Map.of("XDG_CACHE_HOME", "relative"))
                        .folder())
                .isEqualTo(Path.of("/home/me/.cache/deployflow/manifests"));
    }
}
