package io.deployflow.ecs.internal.layers;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.BuildException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.Json;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what a base image is, on each platform; of what it consists only its documents are read. */
public final class BaseImages {
    private static final String NOTES = "bases";
    /** So many indexes in one another are looked into: one that lists itself would have no end. */
    private static final int DEEPEST = 3;

    private final BaseReference reference;
    private final RegistryRepository registry;
    private final ImageCache cache;
    private final Consumer<String> warnings;
    private volatile @Nullable String unseen;

    /** Of one reference, in its registry. */
    public BaseImages(
            BaseReference reference, RegistryRepository registry, ImageCache cache, Consumer<String> warnings) {
        this.reference = reference;
        this.registry = registry;
        this.cache = cache;
        this.warnings = warnings;
    }

    /**
     * Reads it.
     *
     * @param platforms those that are wanted; none for that of this machine
     * @throws BuildException if it is not there, or not for a platform
     * @throws TargetUnreachableException if the registry lets nobody in, or cannot be reached and nothing is cached
     */
    public List<BaseImage> read(List<Platform> platforms) {
        List<Platform> wanted = platforms.isEmpty() ? List.of(Platform.ofThisMachine()) : platforms;
        if (reference.isScratch()) {
            return wanted.stream().map(BaseImage::scratch).toList();
        }
        try {
            JsonNode top = document(digest());
            return wanted.stream().map(platform -> image(top, platform)).toList();
        } catch (RegistryException e) {
            throw failure(e);
        } catch (IOException e) {
            throw new BuildException(
                    "the base image " + reference.text() + " cannot be read: " + e.getMessage(),
                    "Check that it is an image, and the free disk space.",
                    null,
                    e);
        }
    }

    private String digest() {
        if (reference.digest().isPresent()) {
            reference.tag().ifPresent(tag -> compare(tag, reference.digest().get()));
            return reference.digest().get();
        }
        String tag = reference.tag().orElseThrow();
        Optional<String> before = cache.recall(NOTES, reference.text());
        return before.isPresent() ? newer(tag, before.get()) : unseen(current(tag));
    }

    /** A pinned image is what is pinned; that its tag is another by now may be a security update. */
    private void compare(String tag, String pinned) {
        try {
            registry.digestAtOnce(tag)
                    .filter(now -> !now.equals(pinned))
                    .ifPresent(now -> warnings.accept("the base image " + reference.text() + " is no longer what '"
                            + tag + "' means: that is " + now + " now"));
        } catch (RegistryException e) {
            warnings.accept(
                    "it cannot be seen whether the base image's tag '" + tag + "' has moved: " + e.getMessage());
        }
    }

    private String newer(String tag, String before) {
        try {
            String now = registry.digestAtOnce(tag).orElseGet(() -> current(tag));
            if (!now.equals(before)) {
                warnings.accept("the base image " + reference.text() + " has moved from " + before + " to " + now
                        + "; pin it with @" + now);
                unseen(now);
            }
            return now;
        } catch (RegistryException e) {
            if (!e.isPassing()) {
                throw e;
            }
            warnings.accept("the base image " + reference.text() + " is taken as it was last seen, " + before + ": "
                    + e.getMessage());
            return before;
        }
    }

    private String unseen(String digest) {
        unseen = digest;
        return digest;
    }

    /** What the tag means now is what it is compared with the next time: for whoever builds, and does not only look. */
    public void remember() {
        String digest = unseen;
        if (digest != null) {
            cache.remember(NOTES, reference.text(), digest);
        }
    }

    /** Not every registry tells a digest without its manifest. */
    private String current(String tag) {
        return registry.digest(tag)
                .or(() -> registry.manifest(tag).map(Digests::of))
                .orElseThrow(() -> gone(tag));
    }

    private BuildException gone(String what) {
        return new BuildException(
                "the base image " + reference.text() + " is not there: " + registry.name() + " has no " + what,
                cache.recall(NOTES, reference.text())
                        .map(last -> "It was " + last + " when it was last seen here; is that pinned, what is cached of"
                                + " it is used.")
                        .orElse("Check 'image.layers.base'; without a host it is looked for on Docker Hub."));
    }

    private BaseImage image(JsonNode top, Platform platform) {
        try {
            Optional<JsonNode> chosen =
                    MediaTypes.isIndex(mediaType(top)) ? Optional.of(chosen(top, platform)) : Optional.empty();
            JsonNode manifest =
                    chosen.isPresent() ? document(chosen.get().path("digest").asText()) : top;
            BaseImage own = BaseImage.of(
                    manifest, config(manifest.path("config").path("digest").asText()));
            BaseImage image = chosen.map(one -> own.listedAs(Platform.of(one.path("platform"))))
                    .orElse(own);
            if (!platform.isMetBy(image.platform())) {
                throw noSuchPlatform(platform, image.platform().toString());
            }
            return image;
        } catch (IOException e) {
            throw new BuildException(
                    "the base image " + reference.text() + " cannot be read: " + e.getMessage(), "", null, e);
        } catch (IllegalArgumentException e) {
            throw new BuildException(
                    "the base image " + reference.text() + " is none, as " + registry.name() + " has it: "
                            + e.getMessage(),
                    "Take no base image from there before its owner has said why: every part of one is named by its"
                            + " digest, sha256: and 64 digits.",
                    null,
                    e);
        }
    }

    /** Docker's older manifests do not say it. */
    private static String mediaType(JsonNode document) {
        return document.path("mediaType").asText(document.has("manifests") ? MediaTypes.INDEX : MediaTypes.MANIFEST);
    }

    private JsonNode chosen(JsonNode index, Platform platform) throws IOException {
        List<JsonNode> images = images(index, 0);
        return images.stream()
                .filter(one -> platform.isMetBy(Platform.of(one.path("platform"))))
                .findFirst()
                .orElseThrow(() -> noSuchPlatform(
                        platform,
                        images.stream()
                                .map(one -> Platform.of(one.path("platform")).toString())
                                .collect(Collectors.joining(", "))));
    }

    /** What an index lists; it may list others, which say themselves what they are for. */
    private List<JsonNode> images(JsonNode index, int above) throws IOException {
        List<JsonNode> images = new ArrayList<>();
        for (JsonNode one : Json.items(index.path("manifests")).toList()) {
            boolean isIndex = MediaTypes.isIndex(one.path("mediaType").asText());
            if (isIndex && above < DEEPEST) {
                images.addAll(images(document(one.path("digest").asText()), above + 1));
            } else if (!isIndex) {
                images.add(one);
            }
        }
        return images;
    }

    private BuildException noSuchPlatform(Platform platform, String there) {
        return new BuildException(
                "the base image " + reference.text() + " is not for " + platform + " but for " + there,
                "Set 'image.layers.platforms' to what it is for, or take another base image.");
    }

    private JsonNode document(String digest) throws IOException {
        Optional<Path> cached = cache.blob(digest);
        if (cached.isPresent()) {
            return Json.read(Files.readAllBytes(cached.get()));
        }
        byte[] read = registry.manifest(digest).orElseThrow(() -> gone(digest));
        keep(digest, read);
        return Json.read(read);
    }

    private JsonNode config(String digest) throws IOException {
        Optional<Path> cached = cache.blob(digest);
        if (cached.isPresent()) {
            return Json.read(Files.readAllBytes(cached.get()));
        }
        return Json.read(Files.readAllBytes(new BlobDownload(registry, cache).get(digest)));
    }

    private void keep(String digest, byte[] content) throws IOException {
        cache.put(
                file -> {
                    Files.write(file, content);
                    return digest;
                },
                made -> made);
    }

    private RuntimeException failure(RegistryException e) {
        String what = "the base image " + reference.text() + " cannot be read: " + e.getMessage();
        if (e.isNotFound()) {
            return gone(reference.tag().or(reference::digest).orElseThrow());
        }
        if (e.isRefusal()) {
            return new TargetUnreachableException(
                    what,
                    "Sign in with 'docker login " + reference.repository().host()
                            + "', or check its name: some registries refuse what they do not have.",
                    null,
                    e);
        }
        return new TargetUnreachableException(
                what, e.remedy().orElse("Check the network and 'image.layers.base'."), null, e);
    }
}
