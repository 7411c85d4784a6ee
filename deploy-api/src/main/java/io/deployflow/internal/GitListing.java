package io.deployflow.internal;

import io.deployflow.BuildException;
import io.deployflow.Manifest;
import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.internal.GitBlobs.Blob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A commit's tree as git lists it, in a few milliseconds, with the modes and contents that {@code git archive} would
 * give it. Empty where that would change what is stored: attributes, line endings, submodules.
 *
 * @param git asked in the source's directory
 * @param place where that is
 * @param revision the commit
 * @param exclude see {@link io.deployflow.Application}
 */
record GitListing(Git git, Git.Named place, Revision revision, List<String> exclude) {
    private static final String ATTRIBUTES = ".gitattributes";
    private static final Map<String, Integer> FILE_MODES = Map.of("100644", 0644, "100755", 0755);
    private static final String LINK_MODE = "120000";
    private static final int LINK_PERMISSIONS = 0777;
    private static final int DIRECTORY_MODE = 0755;
    private static final int SHA_1_DIGITS = 40;
    private static final int SIZE = 3;

    /** How the entries of the files are told. */
    private interface Telling {
        List<Entry> of(GitBlobs content) throws IOException;
    }

    /** The tree with the SHA-256 of every content, if git alone can tell it. */
    Optional<TreeArtifact> read() throws IOException {
        ContentCache cache =
                new ContentCache(git.directory().resolve(place.common()).resolve("deployflow-contents"));
        return read(content -> content.entries(cache));
    }

    /** The tree with git's ids of the contents, which are not read; not where those are no SHA-1. */
    Optional<TreeArtifact> outline() throws IOException {
        return revision.id().length() == SHA_1_DIGITS ? read(GitBlobs::outline, "--long") : Optional.empty();
    }

    private Optional<TreeArtifact> read(Telling telling, String... options) throws IOException {
        Git.Asked endings = git.asking("config", "--get", "core.autocrlf");
        try (Git.Listening attributes = git.listening("check-attr", "--all", "--stdin", "-z")) {
            Optional<Map<String, Blob>> blobs = hasAttributesAbove() ? Optional.empty() : blobs(options);
            if (changesLines(endings.answer()) || blobs.isEmpty() || hasAttributes(blobs.get(), attributes)) {
                return Optional.empty();
            }
            return Optional.of(tree(blobs.get(), telling));
        }
    }

    private TreeArtifact tree(Map<String, Blob> blobs, Telling telling) throws IOException {
        ExcludePatterns patterns = new ExcludePatterns(exclude);
        Set<String> directories = directories(blobs.keySet());
        Map<String, Blob> kept = new HashMap<>(blobs);
        if (!exclude.isEmpty()) {
            directories.removeIf(path -> isExcluded(path, patterns));
            kept.keySet().removeIf(path -> isExcluded(path, patterns));
        }
        GitBlobs content = new GitBlobs(git, kept, this::time);
        List<Entry> entries = telling.of(content);
        directories.forEach(path -> entries.add(new Entry(path, Kind.DIRECTORY, DIRECTORY_MODE, 0, "")));
        entries.sort(Comparator.comparing(Entry::path));
        return new TreeArtifact(revision, new Manifest(entries), content);
    }

    private static boolean changesLines(Git.Answer setting) {
        return !Set.of("", "false", "input").contains(setting.text());
    }

    // Those of the directories above the source count too.
    private boolean hasAttributesAbove() throws IOException {
        if (place.prefix().isEmpty()) {
            return false;
        }
        List<String> words = new ArrayList<>(List.of("ls-tree", "--full-tree", "--name-only", revision.id(), "--"));
        words.add(ATTRIBUTES);
        parents(place.prefix()).forEach(parent -> words.add(parent + "/" + ATTRIBUTES));
        return !require(git.ask(words.toArray(String[]::new))).text().isEmpty();
    }

    private Optional<Map<String, Blob>> blobs(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("ls-tree", "-r", "-z"));
        words.addAll(List.of(options));
        words.add(revision.id());
        String output = require(git.askBytes("", words.toArray(String[]::new))).output();
        Map<String, Blob> blobs = new HashMap<>();
        for (String line : output.split("\0", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            int tab = line.indexOf('\t');
            String path = line.substring(tab + 1);
            Optional<Blob> blob = blob(line.substring(0, tab).split(" ", -1));
            if (blob.isEmpty() || path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES) || !canMatch(path)) {
                return Optional.empty();
            }
            blobs.put(path, blob.get());
        }
        if (blobs.isEmpty()) {
            // So it looks too where the commit does not have the source's directory.
            place.requireIn(revision, git);
        }
        return Optional.of(blobs);
    }

    /** Reads mode, type, id and, where it was asked for, the size behind some spaces. */
    private static Optional<Blob> blob(String[] words) {
        if (words[0].equals(LINK_MODE)) {
            return Optional.of(new Blob(words[2], Kind.LINK, LINK_PERMISSIONS, 0));
        }
        return Optional.ofNullable(FILE_MODES.get(words[0]))
                .map(mode -> new Blob(words[2], Kind.FILE, mode, size(words)));
    }

    private static long size(String[] words) {
        return words.length > SIZE ? Long.parseLong(words[words.length - 1]) : 0;
    }

    // Patterns are matched as text, and a name need not be any.
    private boolean canMatch(String path) {
        return exclude.isEmpty() || path.chars().allMatch(character -> character > 0 && character < 128);
    }

    // Those of this machine and of this repository, which no listing shows.
    private boolean hasAttributes(Map<String, Blob> blobs, Git.Listening attributes) throws IOException {
        String paths = blobs.keySet().stream().map(path -> path + "\0").collect(Collectors.joining());
        return !require(attributes.answer(paths)).output().isEmpty();
    }

    private Instant time() throws IOException {
        Git.Answer answer =
                require(git.ask("show", "--no-patch", "--no-show-signature", "--format=%ct", revision.id()));
        return Instant.ofEpochSecond(Long.parseLong(answer.text()));
    }

    private static Set<String> directories(Set<String> paths) {
        Set<String> directories = new TreeSet<>();
        paths.forEach(path -> parents(path).forEach(directories::add));
        return directories;
    }

    private static Stream<String> parents(String path) {
        List<String> parents = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            parents.add(path.substring(0, slash));
        }
        return parents.stream();
    }

    private static boolean isExcluded(String path, ExcludePatterns patterns) {
        return Stream.concat(parents(path), Stream.of(path)).anyMatch(part -> patterns.test(Path.of(part)));
    }

    private Git.Answer require(Git.Answer answer) {
        if (!answer.isSuccess()) {
            throw new BuildException(
                    "git cannot tell what is in %s in %s: %s"
                            .formatted(revision.shortId(), git.directory(), answer.complaint()),
                    "");
        }
        return answer;
    }
}
