package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ssh.HostManifest.Entry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TreeDeltaTest {
    private static HostManifest tree(String... lines) {
        return HostManifest.parse(
                Stream.of(lines).sorted().map(line -> line + "\n").reduce("", String::concat));
    }

    private static final HostManifest BASE = tree(
            "drwxr-xr-x - - ./a",
            "drwxr-xr-x - - ./a/b",
            "-rw-r--r-- 1 11 ./a/b/file",
            "-rw-r--r-- 1 22 ./a/same",
            "dr-xr-xr-x - - ./locked",
            "-rw-r--r-- 1 33 ./locked/file",
            "l 4 44 ./link");

    @Test
    void ofTheSameTree_isEmpty() {
        TreeDelta delta = new TreeDelta(BASE, BASE);

        assertThat(delta.isEmpty()).isTrue();
        assertThat(delta.sent()).isEmpty();
        assertThat(delta.gone()).isEmpty();
    }

    @Test
    void whole_sendsEverythingAndRemovesNothing() {
        TreeDelta delta = TreeDelta.whole(BASE);

        assertThat(delta.sent()).containsExactly("a", "a/b", "a/b/file", "a/same", "link", "locked", "locked/file");
        assertThat(delta.removed()).isEmpty();
        assertThat(delta.lastModes()).isEqualTo(Map.of("dr-xr-xr-x", List.of("locked")));
    }

    @Test
    void aChangedFile_isReplaced_andSentWithTheDirectoriesAboveIt() {
        TreeDelta delta = new TreeDelta(BASE, with("-rw-r--r-- 1 11 ./a/b/file", "-rwxr-xr-x 1 11 ./a/b/file"));

        assertThat(delta.gone()).isEmpty();
        assertThat(delta.replaced()).containsExactly("a/b/file");
        assertThat(delta.sent()).containsExactly("a", "a/b", "a/b/file");
        assertThat(delta.locked()).isEmpty();
        assertThat(delta.added()).extracting(Entry::line).containsExactly("-rwxr-xr-x 1 11 ./a/b/file");
    }

    @Test
    void whatIsNoFileBeforeAndAfter_goesFirst() {
        TreeDelta delta = new TreeDelta(
                BASE,
                tree(
                        "drwxr-xr-x - - ./a",
                        "l 4 66 ./a/b",
                        "-rw-r--r-- 1 22 ./a/same",
                        "dr-xr-xr-x - - ./locked",
                        "l 4 77 ./locked/file",
                        "l 4 88 ./link"));

        assertThat(delta.gone()).containsExactly("a/b", "link", "locked/file");
        assertThat(delta.replaced()).isEmpty();
    }

    @Test
    void aDirectoryThatWent_standsForAllBelowIt() {
        TreeDelta delta =
                new TreeDelta(BASE, tree("l 4 44 ./link", "dr-xr-xr-x - - ./locked", "-rw-r--r-- 1 33 ./locked/file"));

        assertThat(delta.gone()).containsExactly("a");
        assertThat(delta.removed()).hasSize(4);
        assertThat(delta.sent()).isEmpty();
    }

    @Test
    void aDirectoryWithAnotherMode_staysAndIsGivenIt() {
        TreeDelta delta = new TreeDelta(BASE, with("drwxr-xr-x - - ./a\n", "drwxr-x--- - - ./a\n"));

        assertThat(delta.gone()).isEmpty();
        assertThat(delta.lastModes()).isEqualTo(Map.of("drwxr-x---", List.of("a")));
    }

    @Test
    void aLockedDirectory_isOpenedForWhatChangesInItAndLockedAgain() {
        TreeDelta changed = new TreeDelta(BASE, with("-rw-r--r-- 1 33 ./locked/file", "-rw-r--r-- 1 99 ./locked/file"));
        TreeDelta removed = new TreeDelta(BASE, with("-rw-r--r-- 1 33 ./locked/file", "l 4 44 ./zz"));

        assertThat(changed.locked()).containsExactly("locked");
        assertThat(changed.lastModes()).isEqualTo(Map.of("dr-xr-xr-x", List.of("locked")));
        assertThat(removed.locked()).containsExactly("locked");
        assertThat(removed.lastModes()).isEqualTo(Map.of("dr-xr-xr-x", List.of("locked")));
    }

    @Test
    void aLinkInTheDirectorysPlace_removesTheDirectoryFirst() {
        HostManifest next =
                tree("l 3 55 ./a", "dr-xr-xr-x - - ./locked", "-rw-r--r-- 1 33 ./locked/file", "l 4 44 ./link");

        TreeDelta delta = new TreeDelta(BASE, next);

        assertThat(delta.gone()).containsExactly("a");
        assertThat(delta.sent()).containsExactly("a");
    }

    private static HostManifest with(String line, String instead) {
        return tree(BASE.text().replace(line, instead).split("\n"));
    }
}
