package io.deployflow.ssh;

import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what each host has to begin with: of each manifest that is there one host is asked, unless it is remembered
 * here.
 *
 * @param newest the manifest of what was deployed last from here, if it was read already
 */
record Bases(SshTarget target, Optional<HostManifest> newest) {

    /**
     * The bases by host.
     *
     * @param survey what is on the hosts
     */
    Map<RemoteShell, KnownBase> find(FleetSurvey survey, DeployContext context) {
        Map<String, List<RemoteShell>> holders = new LinkedHashMap<>();
        survey.states()
                .forEach((shell, state) -> state.base()
                        .ifPresent(base -> holders.computeIfAbsent(base.digest(), digest -> new ArrayList<>())
                                .add(shell)));
        Map<String, HostManifest> manifests = new HashMap<>();
        holders.keySet().forEach(digest -> remembered(digest).ifPresent(found -> manifests.put(digest, found)));
        holders.keySet().removeAll(manifests.keySet());
        List<RemoteShell> first =
                holders.values().stream().map(shells -> shells.get(0)).toList();
        manifests.putAll(fetch(first, survey, context));
        Map<RemoteShell, KnownBase> bases = new HashMap<>();
        survey.states()
                .forEach((shell, state) -> bases.put(
                        shell,
                        new KnownBase(
                                state.live(),
                                state.base().map(BaseRelease::digest).map(manifests::get))));
        return bases;
    }

    private Optional<HostManifest> remembered(String digest) {
        return newest.filter(manifest -> manifest.digest().equals(digest))
                .or(() -> target.remembered().find(digest));
    }

    private Map<String, HostManifest> fetch(List<RemoteShell> shells, FleetSurvey survey, DeployContext context) {
        BaseManifests manifests = new BaseManifests(target.commands().deployTo());
        Map<String, HostManifest> byDigest = new HashMap<>();
        target.fleet()
                .on(shells, context, shell -> {
                    BaseRelease base = survey.of(shell).base().orElseThrow();
                    return manifests.fetch(shell, base, context.cancellation());
                })
                .values()
                .forEach(found -> found.ifPresent(manifest -> byDigest.put(manifest.digest(), manifest)));
        return byDigest;
    }
}
