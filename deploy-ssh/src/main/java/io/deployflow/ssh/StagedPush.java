package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.PushException;
import io.deployflow.Release.State;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.PushStrategy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stages a tree on every host: made there out of a copy of what is live and one compressed stream of what differs,
 * checked entry by entry, live nowhere. Hosts with the same base are sent the same stream, encoded once.
 */
final class StagedPush implements PushStrategy<TreeArtifact, SshRelease> {
    private final SshTarget target;
    private volatile @Nullable Prepared prepared;

    StagedPush(SshTarget target) {
        this.target = target;
    }

    private record Prepared(Manifest source, Encodings encodings, Optional<HostManifest> newest) {}

    /**
     * Makes what can be made of a tree before the hosts are reached; whoever builds it calls this. What little differs
     * from what was deployed last is packed: mostly that is what the hosts serve.
     */
    void prepare(TreeArtifact artifact, DeployContext context) {
        Optional<HostManifest> newest = target.remembered().newest();
        Encodings encodings = encodings(artifact, context);
        newest.ifPresent(encodings::ahead);
        prepared = new Prepared(artifact.manifest(), encodings, newest);
    }

    private Encodings encodings(TreeArtifact artifact, DeployContext context) {
        LinkedTree linked = new LinkedTree(target.commands().deployTo(), target.linked());
        return new Encodings(
                HostTree.of(linked.of(artifact.manifest())),
                artifact.content(),
                context.workDirectory(),
                context.cancellation());
    }

    @SuppressWarnings("ReferenceEquality") // to compare all entries takes longer than it saves
    private Prepared of(TreeArtifact artifact, DeployContext context) {
        Prepared known = prepared;
        return known != null && known.source() == artifact.manifest()
                ? known
                : new Prepared(artifact.manifest(), encodings(artifact, context), Optional.empty());
    }

    @Override
    public SshRelease push(TreeArtifact artifact, DeployContext context) {
        Prepared known = of(artifact, context);
        Encodings encodings = known.encodings();
        FleetSurvey survey = FleetSurvey.known(target, context);
        SshRelease release = name(artifact, survey, context);
        Map<RemoteShell, KnownBase> bases = new Bases(target, known.newest()).find(survey, context);
        Staging staging = new Staging(target.stages().checking(context.check()), encodings, release);
        // Beside the staging: what is remembered of a tree that no host takes does no harm.
        CompletableFuture<Void> keeping =
                CompletableFuture.runAsync(() -> target.remembered().keep(encodings.manifest()), context.executor());
        List<Encoding> sent = target.fleet()
                .onEach(
                        context,
                        shell -> context.span(
                                shell.label(),
                                "stage",
                                () -> staging.stage(shell, bases.getOrDefault(shell, KnownBase.NONE), context)))
                .orThrow(PushException::new);
        keeping.join();
        told(sent).forEach(line -> context.output("local", line));
        return release;
    }

    // Each encoding has an archive of its own; what sends nothing has none.
    private static List<String> told(List<Encoding> sent) {
        Map<String, List<Encoding>> byArchive = sent.stream()
                .collect(Collectors.groupingBy(
                        encoding -> encoding.archive().map(Path::toString).orElse(""),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return byArchive.values().stream()
                .map(hosts -> "sent: %d files in %d bytes to %d of %d hosts"
                        .formatted(hosts.get(0).files(), hosts.get(0).bytes(), hosts.size(), sent.size()))
                .toList();
    }

    private static SshRelease name(TreeArtifact artifact, FleetSurvey survey, DeployContext context) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String id = ReleaseId.next(now, survey.ids());
        return new SshRelease(id, artifact.revision().id(), now, context.person(), State.STAGED);
    }
}
