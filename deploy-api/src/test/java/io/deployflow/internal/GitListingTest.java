package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.DeployOptions;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.TreeArtifact;
import io.deployflow.TreeContent;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GitListingTest extends SourceStage {
    private static final String SOME_FILES = "git init -q . && mkdir -p bin 'a dir/deeper' && printf one > one"
            + " && printf run > bin/run && chmod +x bin/run && ln -s ../one bin/link && touch 'a dir/deeper/empty'"
            + " && printf two > \"$(printf 'a dir/new\\nline')\" && printf three > ./-dash && printf four > 'b*'"
            + " && git add . && git commit -qm first";

    @Test
    void listing_ofACommit_isWhatTheExportedDirectoryHolds() throws IOException {
        sh(SOME_FILES);

        assertSameAsDirectory();
    }

    @Test
    void listing_ofManyFilesThatNobodyKnows_isTheSame() throws IOException {
        sh("git init -q . && for i in $(seq 300); do echo $i > file-$i; done && cp file-1 same && git add ."
                + " && git commit -qm first");

        assertSameAsDirectory();
    }

    @Test
    void listing_whenAnObjectIsGone_saysWhich() throws IOException {
        sh("git init -q . && for i in $(seq 300); do echo $i > file-$i; done && git add . && git commit -qm first"
                + " && rm .git/objects/d0/0491fd7e5bb6fa28c517a0bb32b8b506539d4d");

        assertThatThrownBy(this::listing)
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("d00491fd7e5bb6fa28c517a0bb32b8b506539d4d");
    }

    @Test
    void listing_whenSomethingIsExcluded_leavesOutWhatTheDirectoryDoes() throws IOException {
        sh(SOME_FILES);

        assertSameAsDirectory("deeper", "/bin/run", "b*");
    }

    @Test
    void listing_whereTheTreeHasAttributes_isNone_andLeavesNoGitBehind() throws IOException {
        sh("git init -q . && touch a && echo 'a text' > .gitattributes && git add . && git commit -qm first");

        assertThat(listing()).isEmpty();

        assertThat(childrenHere())
                .allSatisfy(child -> assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(30)));
    }

    /** Those that run in the source's directory: tests run side by side. */
    private List<ProcessHandle> childrenHere() {
        return ProcessHandle.current()
                .children()
                .filter(child -> {
                    try {
                        return Path.of("/proc/" + child.pid() + "/cwd")
                                .toRealPath()
                                .equals(source.toRealPath());
                    } catch (IOException e) {
                        return false; // It has ended.
                    }
                })
                .toList();
    }

    @Test
    void listing_ofASubdirectory_holdsOnlyThat() throws IOException {
        sh(SOME_FILES);
        source = source.resolve("a dir");

        assertSameAsDirectory();
    }

    @Test
    void listing_whenAFileChanges_hasItsNewDigestAndRemembersTheOthers() throws IOException {
        sh(SOME_FILES);
        assertThat(listing()).isPresent();
        sh("printf changed > one && git commit -qam second");

        assertSameAsDirectory();
        assertThat(source.resolve(".git/deployflow-contents")).exists();
    }

    @Test
    void listing_whenARememberedDigestIsDamaged_takesNoneOfThem() throws IOException {
        sh(SOME_FILES);
        assertThat(listing()).isPresent();
        Path remembered = source.resolve(".git/deployflow-contents");
        Files.writeString(remembered, Files.readString(remembered).replaceFirst(" [0-9]", " 7"));

        assertSameAsDirectory();
    }

    @Test
    void listing_whenTheRepositoryCannotBeWritten_isTheSame() throws IOException {
        sh(SOME_FILES);
        Files.createDirectory(source.resolve(".git/deployflow-contents"));

        assertSameAsDirectory();
    }

    @Test
    void listing_whenTheCommitHasAttributes_isEmpty() throws IOException {
        sh("git init -q . && mkdir app && echo '*.txt text' > .gitattributes && touch app/one"
                + " && git add . && git commit -qm first");

        assertThat(listing()).isEmpty();
        source = source.resolve("app");
        assertThat(listing()).isEmpty();
    }

    @Test
    void listing_whenThisRepositoryHasAttributesOfItsOwn_isEmpty() throws IOException {
        sh(SOME_FILES + " && echo 'one export-ignore' > .git/info/attributes");

        assertThat(listing()).isEmpty();
    }

    @Test
    void listing_whenGitChangesLineEnds_isEmpty() throws IOException {
        sh(SOME_FILES + " && git config core.autocrlf true");

        assertThat(listing()).isEmpty();
    }

    @Test
    void listing_whenThereIsASubmodule_isEmpty() throws IOException {
        sh(SOME_FILES);
        sh("git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),vendor/lib && git commit -qm second");

        assertThat(listing()).isEmpty();
    }

    @Test
    void outline_ofACommit_isItsListingWithGitsIds() throws IOException {
        sh(SOME_FILES);
        TreeArtifact listing = listing().orElseThrow();

        TreeArtifact outline = open().outline().orElseThrow();

        assertThat(outline.manifest().entries())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("digest")
                .isEqualTo(listing.manifest().entries());
        assertThat(outline.manifest().entries())
                .filteredOn(entry -> entry.kind() == Kind.FILE)
                .allSatisfy(entry -> {
                    try (TreeContent.Reader reader = outline.content().reader();
                            InputStream content = reader.open(entry)) {
                        assertThat(entry.digest()).isEqualTo(gitId(content.readAllBytes()));
                    }
                });
        assertThat(outline.manifest().entries())
                .filteredOn(entry -> entry.kind() == Kind.LINK)
                .extracting(Entry::digest)
                .containsExactly("../one");
    }

    @Test
    void outline_readsNoFile() throws IOException {
        sh("git init -q . && for i in $(seq 300); do echo $i > file-$i; done && git add . && git commit -qm first"
                + " && git repack -qad && git rev-parse HEAD:file-7 > id");
        TreeArtifact outline = open().outline().orElseThrow();

        assertThat(source.resolve(".git/deployflow-contents")).doesNotExist();
        assertThat(outline.manifest().entries())
                .contains(new Entry(
                        "file-7",
                        Kind.FILE,
                        0644,
                        2,
                        Files.readString(source.resolve("id")).strip()));
    }

    @Test
    void outline_whereTheListingIsEmpty_isEmptyToo() throws IOException {
        sh(SOME_FILES);
        sh("git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),vendor/lib && git commit -qm second");

        assertThat(open().outline()).isEmpty();
    }

    @Test
    void outline_ofARepositoryWithLongerIds_isEmpty() throws IOException {
        sh("git init -q --object-format=sha256 . && echo one > one && git add . && git commit -qm first");

        assertThat(listing()).isPresent();
        assertThat(open().outline()).isEmpty();
    }

    @Test
    void listing_ofAPlainDirectory_isEmpty() throws IOException {
        sh("echo one > one");

        assertThat(listing()).isEmpty();
    }

    private void assertSameAsDirectory(String... exclude) throws IOException {
        SourceTree tree = open(DeployOptions.defaults(), exclude);
        TreeArtifact listed = tree.listing().orElseThrow();
        Map<String, String> inDirectory = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(tree.directory())) {
            for (Path path : paths.skip(1).toList()) {
                inDirectory.put(tree.directory().relativize(path).toString(), describe(path));
            }
        }
        Map<String, String> inListing = new TreeMap<>();
        try (TreeContent.Reader reader = listed.content().reader()) {
            for (Entry entry : listed.manifest().entries()) {
                inListing.put(entry.displayPath(), describe(entry, reader));
            }
        }
        assertThat(inListing).isEqualTo(inDirectory).isNotEmpty();
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        String mode = "%o ".formatted((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777);
        return Files.isDirectory(path)
                ? "directory " + mode
                : "file " + mode + Files.getLastModifiedTime(path).toInstant() + " "
                        + TreeDigest.ofBytes(Files.readAllBytes(path)) + " " + Files.readString(path);
    }

    private static String describe(Entry entry, TreeContent.Reader reader) throws IOException {
        String mode = "%o ".formatted(entry.mode());
        return switch (entry.kind()) {
            case LINK -> "link " + entry.digest();
            case DIRECTORY -> "directory " + mode;
            case FILE -> {
                try (InputStream content = reader.open(entry)) {
                    String text = new String(content.readNBytes((int) entry.size()), StandardCharsets.UTF_8);
                    yield "file " + mode + reader.modified(entry) + " " + entry.digest() + " " + text;
                }
            }
        };
    }

    private static String gitId(byte[] content) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(content));
    }

    private Optional<TreeArtifact> listing() throws IOException {
        return open().listing();
    }
}
