package io.deployflow.ecs;

import io.deployflow.Change;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.ecs.internal.layers.BaseImage.LayerRef;
import io.deployflow.ecs.internal.registry.RegistryException;
import io.deployflow.ecs.internal.registry.RepositoryName;
import io.deployflow.spi.DeployContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a base image brings, and what of it the target's repository lacks.
 *
 * @param all its layers, each once, of all platforms
 * @param missing those that the repository lacks; empty also where that cannot be seen
 * @param isSeen whether the registry could be asked
 * @param beside the base image's repository, where the registry may take layers over from it
 */
record BaseLayers(List<LayerRef> all, List<LayerRef> missing, boolean isSeen, Optional<RepositoryName> beside) {
    BaseLayers {
        all = List.copyOf(all);
        missing = List.copyOf(missing);
    }

    /** Asks for those that no image there is known to have. Whether one can be taken over shows only when it is. */
    static BaseLayers look(LayersBuild build, LayersBuild.Survey survey, DeployContext context) {
        Map<String, LayerRef> each = new LinkedHashMap<>();
        survey.bases().forEach(base -> base.layers().forEach(layer -> each.put(layer.digest(), layer)));
        List<LayerRef> all = List.copyOf(each.values());
        Optional<RepositoryName> beside = Optional.of(build.baseRegistry().name())
                .filter(name -> build.target().canMount(name));
        try {
            List<LayerRef> missing = Parallel.run(
                            all,
                            layer -> build.isThere(layer.digest(), survey)
                                    ? Optional.<LayerRef>empty()
                                    : Optional.of(layer),
                            context.executor())
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
            return new BaseLayers(all, missing, true, beside);
        } catch (RegistryException e) {
            context.warn("it cannot be seen which layers of the base image the registry lacks: " + e.getMessage());
            return new BaseLayers(all, List.of(), false, beside);
        }
    }

    /** What it brings; nothing of {@code scratch}. */
    Stream<Plan.Step> build() {
        String there = !isSeen ? "" : missing.isEmpty() ? ", in the registry" : ", " + missing.size() + toBe();
        return all.isEmpty()
                ? Stream.empty()
                : Stream.of(new Plan.Step(Phase.BUILD, "local", "base: " + size(all) + there));
    }

    private String toBe() {
        return beside.map(name -> " to be taken over from " + name.path()).orElse(" to be sent");
    }

    /** What is done about what is missing. */
    Stream<Plan.Step> push() {
        String what = beside.map(
                        name -> "take the base image over from " + name.path() + ", or send it: " + size(missing))
                .orElseGet(() -> "send the base image: " + size(missing));
        return missing.isEmpty() ? Stream.empty() : Stream.of(new Plan.Step(Phase.PUSH, "registry", what));
    }

    /** What is sent for sure. */
    Stream<Change> changes() {
        return missing.isEmpty() || beside.isPresent()
                ? Stream.empty()
                : Stream.of(Change.add("base image", size(missing)));
    }

    private static String size(List<LayerRef> layers) {
        return layers.size()
                + (layers.size() == 1 ? " layer, " : " layers, ")
                + LayersPlan.megabytes(layers.stream().mapToLong(LayerRef::size).sum());
    }
}
