package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployOptions;
import io.deployflow.Revision;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A source that is no git work tree: it is copied. */
class PlainSourceTreeTest extends SourceStage {

    @Test
    void revision_ofAPlainDirectory_followsContentNamesAndModesAlone() throws IOException {
        sh("mkdir d && echo 1 > d/a && ln -s a d/l && echo skip > skip.log");
        Revision first = open(DeployOptions.defaults(), "*.log").revision();
        sh("touch -d 2001-01-01 d/a && echo other > skip.log");
        assertThat(open(DeployOptions.defaults(), "*.log").revision()).isEqualTo(first);
        assertThat(first.kind()).isEqualTo(Revision.Kind.DIGEST);

        sh("chmod +x d/a");
        Revision executable = open(DeployOptions.defaults(), "*.log").revision();
        sh("mv d/a d/b");
        Revision renamed = open(DeployOptions.defaults(), "*.log").revision();
        assertThat(List.of(first, executable, renamed)).doesNotHaveDuplicates();
    }

    @Test
    void directory_ofAPlainDirectory_isACopy() throws IOException {
        sh("echo 1 > a");

        Path tree = open().directory();
        Files.writeString(tree.resolve("a"), "changed");

        assertThat(source.resolve("a")).hasContent("1\n");
    }

    @Test
    void directory_ofAPlainDirectoryThatIsWrittenTo_namesTheFile() throws IOException {
        Path file = Files.writeString(source.resolve("export.csv"), "line\n");
        AtomicBoolean isWriting = new AtomicBoolean(true);
        Thread writer = new Thread(() -> writeWhile(isWriting, file));
        writer.start();
        try {
            assertThatThrownBy(this::copyUntilItFails)
                    .isInstanceOf(BuildException.class)
                    .hasMessage(file + " changed while it was copied")
                    .extracting(thrown -> ((BuildException) thrown).remedy())
                    .asString()
                    .contains("when nothing writes into the source");
        } finally {
            isWriting.set(false);
        }
    }

    /** A copy may well be made between two writes. */
    private void copyUntilItFails() {
        for (int tries = 0; tries < 1000; tries++) {
            open().directory();
        }
    }

    /** Another content at each moment, of the same size. */
    private static void writeWhile(AtomicBoolean isWanted, Path file) {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int number = 0; isWanted.get(); number++) {
                out.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, number), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void revision_whenOneIsNamedForAPlainDirectory_isAConfigurationError() {
        SourceTree tree = open(DeployOptions.defaults().withRevision("v1"));

        assertThatThrownBy(tree::revision).isInstanceOf(ConfigurationException.class);
    }
}
