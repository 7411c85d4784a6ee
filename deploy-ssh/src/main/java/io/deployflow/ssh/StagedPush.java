package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.PushException;
import io.deployflow.Release.State;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.PushStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;

/** Stages a tree on every host: sent as one compressed stream, checked there entry by entry, live nowhere. */
record StagedPush(SshTarget target) implements PushStrategy<TreeArtifact, SshRelease> {

    @Override
    public SshRelease push(TreeArtifact artifact, DeployContext context) {
        checkLinked(artifact.manifest());
        SshRelease release = name(artifact, context);
        ManifestChecks checks = ManifestChecks.of(artifact.manifest());
        Path archive = context.workDirectory().resolve("release-" + release.id() + ".tar.gz");
        try {
            String info = "%s %s %s%n".formatted(release.revision(), release.createdAt(), release.createdBy());
            ReleaseArchive.write(artifact, info, checks, archive, context.cancellation());
            send(
                    archive,
                    Files.size(archive),
                    release,
                    target.commands().stage(release.id(), checks.digest()),
                    context);
        } catch (IOException e) {
            throw new PushException("the tree cannot be packed: " + e.getMessage(), "", null, e);
        }
        return release;
    }

    // What is put below a link of the tree would replace something outside of the release.
    private void checkLinked(Manifest manifest) {
        Set<String> links = manifest.entries().stream()
                .filter(entry -> entry.kind() == Manifest.Kind.LINK)
                .map(Manifest.Entry::displayPath)
                .collect(Collectors.toSet());
        for (String path : target.commands().linked()) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String above = path.substring(0, slash);
                if (links.contains(above)) {
                    throw new PushException(
                            "'%s' is to be linked into shared/, but '%s' is a link in the tree".formatted(path, above),
                            "Exclude '" + above + "', or link '" + above + "' itself.");
                }
            }
        }
    }

    private SshRelease name(TreeArtifact artifact, DeployContext context) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String id = ReleaseId.next(now, FleetSurvey.take(target, context).ids());
        return new SshRelease(id, artifact.revision().id(), now, context.person(), State.STAGED);
    }

    private void send(Path archive, long bytes, SshRelease release, String script, DeployContext context) {
        target.fleet()
                .onEach(context, shell -> {
                    CommandResult result = shell.send(
                            archive,
                            script,
                            sent -> context.progressBytes(shell.label(), "upload", sent, bytes),
                            context.cancellation());
                    result.orFail("staging release " + release.id());
                    context.unitChanged(shell.label(), "staged", release.id());
                    return result;
                })
                .orThrow(PushException::new);
    }
}
