package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.DeployException;
import io.deployflow.PushException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.ecs.internal.layers.Attachment;
import io.deployflow.ecs.internal.layers.BuiltImage;
import io.deployflow.ecs.internal.layers.ImageTar;
import io.deployflow.ecs.internal.layers.ImageUpload;
import io.deployflow.ecs.internal.layers.Sbom;
import io.deployflow.ecs.internal.layers.WholeFile;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Sends what the registry lacks of an image of layers. */
final class LayersPush implements ImagePush {
    private final LayersBuild build;

    LayersPush(LayersBuild build) {
        this.build = build;
    }

    @Override
    public PushedImage push(String id, String tag, DeployContext context) {
        ImageReference image = build.registry().repository().withTag(tag);
        BuiltImage built = build.built(id);
        UploadLog log = new UploadLog(context);
        try {
            new ImageUpload(build.target(), build.baseRegistry(), build.cache(), context.executor(), log)
                    .run(built, tag);
        } catch (RegistryException e) {
            requireSame(e, built, image);
        } catch (UncheckedIOException e) {
            throw new BuildException(
                    e.getMessage() + ": " + e.getCause(),
                    "Make room on the disk, and deploy again: what is there already is not sent again.",
                    null,
                    e);
        }
        build.sbom(built)
                .ifPresent(sbom ->
                        attach(image, () -> new Attachment(build.target()).send(built, Sbom.MEDIA_TYPE, sbom)));
        log.end();
        return new PushedImage(image.pinned(built.digest()), Map.of());
    }

    @Override
    public void save(String id, String name, Path file, DeployContext context) {
        BuiltImage built = build.built(id);
        try {
            new ImageTar(built, build::baseLayer, context.cancellation()).write(file, name);
            Optional<byte[]> sbom = build.sbom(built).filter(list -> Files.isRegularFile(file));
            if (sbom.isPresent()) {
                Path list = file.resolveSibling(file.getFileName() + ".cdx.json");
                WholeFile.write(list, part -> Files.write(part, sbom.get()));
                context.output("image", "what is in it: " + list);
            }
        } catch (IOException e) {
            throw new PushException(
                    file + " cannot be written: " + e.getMessage(),
                    "Check the folder and the free disk space.",
                    null,
                    e);
        } catch (RegistryException e) {
            throw failure(e, ImageReference.parse(name));
        }
    }

    private static void attach(ImageReference image, Runnable sending) {
        try {
            sending.run();
        } catch (RegistryException e) {
            throw failure(e, image);
        }
    }

    /** A tag that cannot be changed is as it should be if it is this very image. */
    private void requireSame(RegistryException e, BuiltImage built, ImageReference image) {
        if (!e.says("immutable")) {
            throw failure(e, image);
        }
        String tag = image.tag().orElseThrow();
        Optional<String> there = build.target().digest(tag);
        if (there.filter(built.digest()::equals).isEmpty()) {
            throw new PushException(
                    "tag " + tag + " of " + image.repository() + " cannot be changed, and is another image already"
                            + there.map(digest -> " (" + digest + ")").orElse(""),
                    "Deploy another revision, or give 'image.tag' something that differs for every build.");
        }
    }

    private static DeployException failure(RegistryException e, ImageReference image) {
        String what = "the push of " + image + " failed: " + e.getMessage();
        if (e.isRefusal()) {
            return new TargetUnreachableException(
                    what,
                    e.remedy().orElse("Check the registry's credentials, and that they may push to this repository."),
                    null,
                    e);
        }
        if (e.status().isEmpty()) {
            return new TargetUnreachableException(
                    what,
                    e.remedy()
                            .orElse("Check 'image.registry' and the network; what is there already is not sent again."),
                    null,
                    e);
        }
        return new PushException(
                what, "Check that the repository exists, and the registry's own log; then deploy again.", null, e);
    }
}
