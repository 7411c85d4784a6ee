package io.deployflow.ssh;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is sent to every host with the same base.
 *
 * @param archive see {@link ReleaseArchive}; empty where nothing differs, so that nothing is sent
 * @param bytes the archive's length
 * @param files how many files are in it
 * @param notesDigest see {@link StageNotes#digest}
 */
record Encoding(Optional<Path> archive, long bytes, long files, Optional<String> notesDigest) {}
