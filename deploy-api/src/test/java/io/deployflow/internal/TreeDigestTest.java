package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDigestTest {
    @TempDir
    private Path tree;

    @Test
    void of_aLink_dependsOnItsTextAlone_notOnTheDirectoryThatTheToolRunsIn() throws IOException {
        Files.createSymbolicLink(tree.resolve("here"), Path.of("src"));

        // printf 'link\0here\0src\0' | sha256sum
        assertThat(TreeDigest.of(tree)).isEqualTo("5ba24b72cbcf9fba87a11df4a0e3f33012b04ca3f7ee855ad9dac5fc7810c866");
    }
}
