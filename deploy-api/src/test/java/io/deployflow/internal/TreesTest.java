package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked about a path is asked when it has been looked at and is not copied yet: the tests change it then. */
class TreesTest {
    @TempDir
    private Path folder;

    private Path from = Path.of(".");
    private Path to = Path.of(".");

    @BeforeEach
    void makeTree() throws IOException {
        from = Files.createDirectory(folder.resolve("from"));
        to = folder.resolve("to");
    }

    @Test
    void copy_ofAFileThatGrowsMeanwhile_fails() throws IOException {
        Path file = Files.writeString(from.resolve("a"), "one");

        assertThatThrownBy(() -> Trees.copy(from, to, path -> !append(file)))
                .hasMessage(file + " changed while it was copied");
    }

    @Test
    void copy_ofAnOldFileThatIsWrittenAgainMeanwhile_fails() throws IOException {
        Path file = Files.writeString(from.resolve("a"), "one");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        assertThatThrownBy(() -> Trees.copy(from, to, path -> !write(file, "two")))
                .isInstanceOf(FileChangedException.class);
    }

    @Test
    void copy_ofAFileThatIsReplacedMeanwhile_fails() throws IOException {
        Path file = Files.writeString(from.resolve("a"), "one");
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));

        assertThatThrownBy(() -> Trees.copy(from, to, path -> !move(other, file)))
                .isInstanceOf(FileChangedException.class);
    }

    /** Two writes within what the clock of files can tell: the second shows in its content only. */
    @Test
    void isStill_ofAFileThatIsWrittenTwiceInOneMoment_tellsByItsContent() throws IOException {
        Path file = Files.writeString(from.resolve("a"), "one");
        StillCopy young = new StillCopy(file, look(file));
        young.to(to);
        assertThat(young.isStill(to)).isTrue();

        FileTime moment = Files.getLastModifiedTime(file);
        write(file, "two");
        Files.setLastModifiedTime(file, moment);

        assertThat(young.isStill(to)).isFalse();
    }

    @Test
    void copy_ofATreeWhereWhatIsLeftOutVanishes_goesOn() throws IOException {
        Path first = Files.writeString(from.resolve("a"), "one");
        Path second = Files.writeString(from.resolve("b"), "two");

        Trees.copy(from, to, path -> {
            delete(path.endsWith("a") ? second : first);
            return true;
        });

        assertThat(to).isEmptyDirectory();
    }

    private static BasicFileAttributes look(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private interface Change {
        void make() throws IOException;
    }

    private static boolean done(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean append(Path file) {
        return done(() -> Files.writeString(file, "more", StandardOpenOption.APPEND));
    }

    private static boolean write(Path file, String content) {
        return done(() -> Files.writeString(file, content));
    }

    private static boolean move(Path file, Path onto) {
        return done(() -> Files.move(file, onto, StandardCopyOption.REPLACE_EXISTING));
    }

    private static void delete(Path file) {
        done(() -> Files.deleteIfExists(file));
    }
}
