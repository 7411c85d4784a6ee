package io.deployflow.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on this machine the manifests of what was deployed last, so that no host need be asked for one. A manifest
 * is looked for by its digest, which the host tells: what is remembered is never wrong, and what is not is asked for.
 *
 * @param folder has one file a manifest, named after its digest; made when first needed
 */
record RememberedManifests(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedManifests.class);
    private static final int MOST = 20;

    /** Where the person who deploys keeps what can be made again. */
    static RememberedManifests ofThisUser() {
        return ofThisUser(Path.of(System.getProperty("user.home")), System.getenv());
    }

    /** Where somebody keeps it who has this home and this environment. */
    static RememberedManifests ofThisUser(Path home, Map<String, String> environment) {
        Path cache = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(path -> path.startsWith("/"))
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        return new RememberedManifests(cache.resolve("deployflow").resolve("manifests"));
    }

    /** The manifest with a digest, if it is remembered. */
    Optional<HostManifest> find(String digest) {
        Path file = folder.resolve(digest);
        try {
            return Files.exists(file)
                    ? Optional.of(HostManifest.parse(Files.readString(file, StandardCharsets.ISO_8859_1)))
                            .filter(manifest -> manifest.digest().equals(digest))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} cannot be read", file, e);
            return Optional.empty();
        }
    }

    /** The manifest of what was deployed last, to whatever target that was. */
    Optional<HostManifest> newest() {
        try {
            return newestFirst().stream()
                    .findFirst()
                    .flatMap(file -> find(file.getFileName().toString()));
        } catch (IOException e) {
            LOG.debug("{} cannot be looked into", folder, e);
            return Optional.empty();
        }
    }

    /** Remembers one, and forgets the oldest. What keeps it from that costs a question in the next deploy. */
    void keep(HostManifest manifest) {
        Path file = folder.resolve(manifest.digest());
        try {
            Files.createDirectories(folder);
            Path made = Files.createTempFile(folder, "new-", "");
            Files.writeString(made, manifest.text(), StandardCharsets.ISO_8859_1);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            forgetOldest();
        } catch (IOException e) {
            LOG.debug("{} cannot be written", file, e);
        }
    }

    private void forgetOldest() throws IOException {
        List<Path> newestFirst = newestFirst();
        for (Path file : newestFirst.subList(Math.min(MOST, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(
                            Comparator.comparing((Path file) -> file.toFile().lastModified())
                                    .reversed())
                    .toList();
        }
    }
}
