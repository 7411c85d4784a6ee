package io.deployflow.ssh;

import com.jcraft.jsch.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which keys are offered to an endpoint, and in what order. A server looks at six or so, therefore as ssh does:
 * those of the agent that a file names, the agent's others, those in files.
 */
final class JschIdentities {
    private static final String FROM_AGENT = ", from the agent";

    private final Optional<Path> identity;
    private final Map<String, String> environment;
    private final JschKeys keys;
    private final JschAgents agents = new JschAgents();

    /**
     * Says what to choose from.
     *
     * @param identity the only key to offer, or its public half if the agent has it; a bastion is offered the others
     *     too
     * @param passphrases unlock keys
     * @param environment where the agent's socket is looked up
     */
    JschIdentities(Optional<Path> identity, Passphrases passphrases, Map<String, String> environment) {
        this.identity = identity;
        this.keys = new JschKeys(passphrases);
        this.environment = Map.copyOf(environment);
    }

    /**
     * The keys for an endpoint.
     *
     * @throws io.deployflow.ConfigurationException if the only key to offer cannot be used
     */
    JschOffer of(Endpoint endpoint) {
        if (identity.isEmpty()) {
            return addAll(new JschOffer(), endpoint);
        }
        JschOffer offer = only(identity.get(), endpoint);
        return endpoint.isBastion() ? addAll(offer, endpoint) : offer;
    }

    private JschOffer only(Path file, Endpoint endpoint) {
        JschOffer offer = new JschOffer();
        JschKeys.Key key = keys.in(file);
        boolean open = key.identity().isPresent() && !(key.identity().get() instanceof JschLockedKey);
        Optional<Identity> held = open ? Optional.empty() : agentsKey(file, endpoint);
        if (held.isPresent()) {
            offer.add(held.get(), FROM_AGENT);
            return offer;
        }
        Identity own = key.identity().orElseThrow(() -> ConnectFailures.badIdentity(file, key.problem()));
        String problem = own instanceof JschLockedKey locked ? locked.unlock() : "";
        if (!problem.isEmpty()) {
            throw ConnectFailures.badIdentity(file, problem);
        }
        keys.certified(file, endpoint.certificateFiles()).forEach(certified -> offer.add(certified, ""));
        offer.add(own, "");
        return offer;
    }

    private Optional<Identity> agentsKey(Path file, Endpoint endpoint) {
        Optional<byte[]> half = keys.publicHalf(file);
        return half.isEmpty()
                ? Optional.empty()
                : endpoint.agent(environment)
                        .flatMap(socket -> held(agents.at(socket).keys(), half.get()));
    }

    private static Optional<Identity> held(List<Identity> all, byte[] publicHalf) {
        return all.stream()
                .filter(key -> Arrays.equals(key.getPublicKeyBlob(), publicHalf))
                .findFirst();
    }

    private JschOffer addAll(JschOffer offer, Endpoint endpoint) {
        List<Identity> held = new ArrayList<>();
        endpoint.agent(environment).map(agents::at).ifPresent(agent -> {
            held.addAll(agent.keys());
            if (!agent.trouble().isEmpty()) {
                offer.note("none from the agent, which does not answer: " + agent.trouble());
            }
        });
        List<Path> files =
                endpoint.identityFiles().stream().filter(Files::isReadable).toList();
        List<Identity> named = files.stream()
                .flatMap(file -> keys.publicHalf(file).flatMap(half -> held(held, half)).stream())
                .distinct()
                .toList();
        named.forEach(key -> offer.add(key, FROM_AGENT));
        if (!endpoint.options().isYes("identitiesonly")) {
            held.stream().filter(key -> !named.contains(key)).forEach(key -> offer.add(key, FROM_AGENT));
        }
        files.forEach(file -> addFile(offer, file, endpoint, held));
        return offer;
    }

    private void addFile(JschOffer offer, Path file, Endpoint endpoint, List<Identity> held) {
        keys.certified(file, endpoint.certificateFiles()).forEach(certified -> offer.add(certified, ""));
        boolean inAgent =
                keys.publicHalf(file).flatMap(half -> held(held, half)).isPresent();
        if (!inAgent && !identity.equals(Optional.of(file))) {
            JschKeys.Key key = keys.in(file);
            key.identity()
                    .ifPresentOrElse(
                            own -> offer.add(own, ""), () -> offer.note("not " + file + ", which " + key.problem()));
        }
    }
}
