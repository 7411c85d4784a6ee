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
    private final Optional<Path> identity;
    private final Map<String, String> environment;
    private final JschKeys keys = new JschKeys();
    private final JschAgents agents = new JschAgents();

    /**
     * Says what to choose from.
     *
     * @param identity the only key to offer, or its public half if the agent has it
     * @param environment where the agent's socket is looked up
     */
    JschIdentities(Optional<Path> identity, Map<String, String> environment) {
        this.identity = identity;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The keys for an endpoint.
     *
     * @throws io.deployflow.ConfigurationException if the only key to offer cannot be used
     */
    JschOffer of(Endpoint endpoint) {
        return identity.isPresent() ? only(identity.get(), endpoint) : all(endpoint);
    }

    private JschOffer only(Path file, Endpoint endpoint) {
        JschOffer offer = new JschOffer();
        JschKeys.Key key = keys.in(file);
        key.usable().forEach(usable -> offer.add(usable, ""));
        if (offer.size() == 0) {
            agentsKey(file, endpoint).ifPresent(held -> offer.add(held, ", from the agent"));
        }
        if (offer.size() == 0) {
            throw ConnectFailures.badIdentity(file, key.problem());
        }
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

    private JschOffer all(Endpoint endpoint) {
        JschOffer offer = new JschOffer();
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
        named.forEach(key -> offer.add(key, ", from the agent"));
        if (!endpoint.options().isYes("identitiesonly")) {
            held.stream().filter(key -> !named.contains(key)).forEach(key -> offer.add(key, ", from the agent"));
        }
        files.forEach(file -> addFile(offer, file, held));
        return offer;
    }

    private void addFile(JschOffer offer, Path file, List<Identity> held) {
        boolean inAgent =
                keys.publicHalf(file).flatMap(half -> held(held, half)).isPresent();
        if (!inAgent) {
            JschKeys.Key key = keys.in(file);
            key.usable().forEach(usable -> offer.add(usable, ""));
            if (key.usable().isEmpty()) {
                offer.note("not " + file + ", which " + key.problem());
            }
        }
    }
}
