package io.deployflow.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** A copy of what is as it was before: whoever writes to a file while it is copied is noticed. */
final class StillCopy {
    /**
     * As coarse as a file system's times may be: what was just written may be written again without its time telling.
     */
    private static final Duration COARSEST = Duration.ofSeconds(2);

    private final Path from;
    private final BasicFileAttributes before;
    private final boolean isYoung;

    /**
     * Of a file, a link or a directory.
     *
     * @param before how it was when it was looked at, a moment ago
     */
    StillCopy(Path from, BasicFileAttributes before) {
        this.from = from;
        this.before = before;
        this.isYoung =
                before.lastModifiedTime().toInstant().isAfter(Instant.now().minus(COARSEST));
    }

    /**
     * Copies it with its mode and its times.
     *
     * @throws FileChangedException if it is another file afterwards, or has another content
     */
    void to(Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (before.isRegularFile() && !isStill(to)) {
            throw new FileChangedException(from);
        }
    }

    /** Whether a copy is what was there before and is there now. */
    boolean isStill(Path copy) throws IOException {
        BasicFileAttributes now = Files.readAttributes(from, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.size() == before.size()
                && now.lastModifiedTime().equals(before.lastModifiedTime())
                && Objects.equals(now.fileKey(), before.fileKey())
                && (!isYoung || Files.mismatch(from, copy) < 0);
    }
}
