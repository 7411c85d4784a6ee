package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.PushException;
import io.deployflow.Release.State;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.PushStrategy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Stages a tree on every host: made there out of a copy of what is live and one compressed stream of what differs,
 * checked entry by entry, live nowhere. Hosts with the same base are sent the same stream, encoded once.
 */
record StagedPush(SshTarget target) implements PushStrategy<TreeArtifact, SshRelease> {

    @Override
    public SshRelease push(TreeArtifact artifact, DeployContext context) {
        Manifest tree = new LinkedTree(target.commands().deployTo(), target.linked()).of(artifact.manifest());
        FleetSurvey survey = FleetSurvey.known(target, context);
        SshRelease release = name(artifact, survey, context);
        Encodings encodings = new Encodings(tree, artifact.content(), context.workDirectory(), context.cancellation());
        Map<RemoteShell, KnownBase> bases = new Bases(target).find(survey, context);
        Staging staging = new Staging(target.stages().checking(context.check()), encodings, release);
        List<Encoding> sent = target.fleet()
                .onEach(
                        context,
                        shell -> context.span(
                                shell.label(),
                                "stage",
                                () -> staging.stage(shell, bases.getOrDefault(shell, KnownBase.NONE), context)))
                .orThrow(PushException::new);
        target.remembered().keep(encodings.manifest());
        sent.stream()
                .distinct()
                .forEach(encoding -> context.output(
                        "local",
                        "sent: %d files in %d bytes to %d of %d hosts"
                                .formatted(
                                        encoding.files(),
                                        encoding.bytes(),
                                        Collections.frequency(sent, encoding),
                                        sent.size())));
        return release;
    }

    private static SshRelease name(TreeArtifact artifact, FleetSurvey survey, DeployContext context) {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String id = ReleaseId.next(now, survey.ids());
        return new SshRelease(id, artifact.revision().id(), now, context.person(), State.STAGED);
    }
}
