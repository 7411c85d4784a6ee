package io.deployflow.ssh;

import io.deployflow.spi.DeployContext;
import java.util.Optional;

/**
 * Stages one release on one host.
 *
 * @param commands makes the script
 * @param encodings what can be sent
 * @param release the release
 */
record Staging(StageCommands commands, Encodings encodings, SshRelease release) {

    /** Sends what the host lacks; the whole tree where what it has is unknown, or not what it should be. */
    Encoding stage(RemoteShell shell, KnownBase base, DeployContext context) {
        Optional<Encoding> sent = base.manifest().flatMap(manifest -> delta(shell, base, manifest, context));
        if (sent.isEmpty() && base.id().isPresent() && base.manifest().isEmpty()) {
            warn(
                    shell,
                    "it is not known what is in "
                            + ReleaseCommands.link(base.id().orElseThrow()),
                    context);
        }
        Encoding encoding = sent.orElseGet(() -> whole(shell, context));
        context.unitChanged(shell.label(), "staged", release.id());
        return encoding;
    }

    private Optional<Encoding> delta(RemoteShell shell, KnownBase base, HostManifest manifest, DeployContext context) {
        Encoding encoding = encodings.from(manifest);
        CommandResult result = send(shell, encoding, base.id(), context);
        if (result.status() == StageCommands.NEEDS_WHOLE_TREE) {
            warn(shell, result.lastLine(), context);
            return Optional.empty();
        }
        result.orFail("staging release " + release.id());
        return Optional.of(encoding);
    }

    private Encoding whole(RemoteShell shell, DeployContext context) {
        Encoding encoding = encodings.whole();
        send(shell, encoding, Optional.empty(), context).orFail("staging release " + release.id());
        return encoding;
    }

    private static void warn(RemoteShell shell, String why, DeployContext context) {
        context.warn("%s: %s: the whole tree is sent".formatted(shell.label(), why));
    }

    private CommandResult send(RemoteShell shell, Encoding encoding, Optional<String> base, DeployContext context) {
        String info = "%s %s %s".formatted(release.revision(), release.createdAt(), release.createdBy());
        String script = commands.stage(
                release.id(),
                info,
                base,
                new StageCommands.Expected(
                        encoding.notesDigest(),
                        encodings.manifest().digest(),
                        encodings.manifest().listingDigest()));
        return encoding.archive()
                .map(archive -> shell.send(
                        archive,
                        script,
                        sent -> context.progressBytes(shell.label(), "upload", sent, encoding.bytes()),
                        context.cancellation()))
                .orElseGet(() -> shell.run(script, context.cancellation()));
    }
}
