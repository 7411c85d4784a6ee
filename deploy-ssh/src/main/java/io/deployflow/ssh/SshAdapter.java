package io.deployflow.ssh;

import io.deployflow.TreeArtifact;
import io.deployflow.spi.DeployAdapter;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Deploys a directory to hosts over SSH. */
public final class SshAdapter implements DeployAdapter<SshSettings> {
    // By the object: to compare records, Java makes code when that first happens, which takes as long as a handshake.
    private final Map<SshSettings, Connections> prepared = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Function<SshSettings, Connections> connections;
    private final RememberedManifests remembered;

    /** For the service loader. */
    public SshAdapter() {
        this(SshTarget::connections, RememberedManifests.ofThisUser());
    }

    /**
     * Deploys over other connections than those that the settings describe.
     *
     * @param connections to a target's hosts
     * @param remembered manifests of what was deployed from here
     */
    SshAdapter(Function<SshSettings, Connections> connections, RememberedManifests remembered) {
        this.connections = connections;
        this.remembered = remembered;
    }

    @Override
    public String type() {
        return "ssh";
    }

    @Override
    public Class<SshSettings> settings() {
        return SshSettings.class;
    }

    @Override
    public void prepare(SshSettings settings) {
        Connections made = connections.apply(settings);
        // First of all: it may be asked for as soon as anything has begun.
        Connections before = prepared.put(settings, made);
        if (before != null) {
            before.close();
        }
        made.begin(SshTarget.hosts(settings), settings.parallel());
    }

    @Override
    public boolean checksContent() {
        return true;
    }

    @Override
    public Optional<SshSettings> withoutLastUnit(SshSettings settings) {
        return settings.withoutLastHost();
    }

    @Override
    public Optional<Integer> parallel(SshSettings settings) {
        return Optional.of(settings.parallel());
    }

    @Override
    public Pipeline<TreeArtifact, ?> open(SshSettings settings, DeployContext context) {
        Connections begun = prepared.remove(settings);
        SshTarget target =
                SshTarget.of(settings, begun == null ? connections.apply(settings) : begun, remembered, context::asked);
        Hooks hooks = new Hooks(target);
        StagedPush push = new StagedPush(target);
        return new Pipeline<>(
                new HookedBuild(new TreeBuild(settings.build(), settings.buildEnv(), push::prepare), hooks),
                new HookedPush(push, hooks),
                new SymlinkRollout(target, settings),
                target::close);
    }
}
