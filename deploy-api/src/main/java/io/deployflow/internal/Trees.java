package io.deployflow.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies and removes directories. */
public final class Trees {
    private Trees() {}

    /** Removes a directory and all below it; links are removed, not followed. */
    public static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes everything below a root whose relative path is left out; an excluded directory goes as a whole. */
    static void prune(Path root, Predicate<Path> excluded) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(root) || !excluded.test(root.relativize(directory))) {
                    return FileVisitResult.CONTINUE;
                }
                delete(directory);
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (excluded.test(root.relativize(file))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Copies a tree with modes, times and symbolic links; sockets, pipes and devices are left out.
     *
     * @throws IOException also if a file changes while it is copied
     */
    public static void copy(Path from, Path to, Predicate<Path> excluded) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = from.relativize(directory);
                if (!directory.equals(from) && excluded.test(relative)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                new StillCopy(directory, attributes).to(to.resolve(relative));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                if (!attributes.isOther() && !excluded.test(relative)) {
                    new StillCopy(file, attributes).to(to.resolve(relative));
                }
                return FileVisitResult.CONTINUE;
            }

            /** What is left out need not be there, nor be readable. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (file.equals(from) || !excluded.test(from.relativize(file))) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
