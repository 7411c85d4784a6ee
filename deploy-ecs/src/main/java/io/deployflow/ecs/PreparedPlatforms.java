package io.deployflow.ecs;

import io.deployflow.ecs.internal.layers.Ingredient;
import io.deployflow.ecs.internal.layers.Platform;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells whether what commands make on this machine comes into images for other machines. */
final class PreparedPlatforms {
    private PreparedPlatforms() {}

    /**
     * A warning.
     *
     * @param layers of the image
     * @param platforms that it is made for; none for this machine's
     * @return empty where no commands make any of them, or only for this machine
     */
    static Optional<String> warning(List<Ingredient> layers, List<Platform> platforms, Platform machine) {
        String others = platforms.stream()
                .filter(platform -> !platform.isMetBy(machine))
                .map(Platform::toString)
                .collect(Collectors.joining(", "));
        String made = layers.stream()
                .filter(Ingredient::isPrepared)
                .map(Ingredient::name)
                .collect(Collectors.joining(", "));
        return others.isEmpty() || made.isEmpty()
                ? Optional.empty()
                : Optional.of("what 'prepare' makes on this machine (" + machine + ") comes into the image for "
                        + others
                        + " too: layer " + made + ". Whatever of it is compiled does not run there: have it in the"
                        + " source, or build for each platform on a machine of its kind.");
    }
}
