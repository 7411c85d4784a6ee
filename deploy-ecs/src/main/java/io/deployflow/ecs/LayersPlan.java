package io.deployflow.ecs;

import io.deployflow.Change;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.ecs.internal.layers.Ingredient;
import io.deployflow.ecs.internal.layers.Layer;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what the layers of an image are, its base image's as well, how large, and which of them the registry lacks. */
final class LayersPlan implements ImagePlan {
    private final LayersBuild build;

    LayersPlan(LayersBuild build) {
        this.build = build;
    }

    private record Line(Ingredient ingredient, Optional<Layer> layer, boolean isThere) {}

    @Override
    public Preview preview(ImageReference image, DeployContext context) {
        LayersBuild.Survey survey = build.survey(context);
        build.tellWarnings(context);
        List<Line> lines =
                Parallel.run(survey.recipe().layers(), ingredient -> line(ingredient, survey), context.executor());
        BaseLayers base = BaseLayers.look(build, survey, context);
        List<Plan.Step> steps = new ArrayList<>(base.build().toList());
        lines.forEach(line -> steps.add(new Plan.Step(Phase.BUILD, "local", words(line))));
        started(survey).ifPresent(steps::add);
        base.push().forEach(steps::add);
        lines.stream()
                .filter(line -> !line.isThere())
                .forEach(line -> steps.add(new Plan.Step(
                        Phase.PUSH,
                        "registry",
                        "send layer " + line.ingredient().name())));
        steps.add(new Plan.Step(Phase.PUSH, "registry", "send the manifest of " + image));
        return new Preview(
                Stream.concat(
                                base.changes(),
                                lines.stream()
                                        .filter(line -> !line.isThere())
                                        .map(line -> Change.add(
                                                "layer " + line.ingredient().name(), size(line))))
                        .toList(),
                steps);
    }

    /** What the image starts where that was found in the source: nobody has said it. */
    private static Optional<Plan.Step> started(LayersBuild.Survey survey) {
        Start start = survey.recipe().stack().defaults().start();
        return start.command().isEmpty()
                ? Optional.empty()
                : Optional.of(new Plan.Step(
                        Phase.BUILD,
                        "local",
                        "starts: " + String.join(" ", start.command()) + " (" + start.reason() + ")"));
    }

    private Line line(Ingredient ingredient, LayersBuild.Survey survey) {
        Optional<Layer> layer = build.store().find(ingredient, survey.known());
        boolean isThere =
                layer.filter(one -> build.isThere(one.digest(), survey)).isPresent();
        return new Line(ingredient, layer, isThere);
    }

    private static String words(Line line) {
        return "layer " + line.ingredient().name() + ": " + size(line)
                + (line.isThere() ? ", in the registry" : line.layer().isPresent() ? ", made before" : "");
    }

    private static String size(Line line) {
        String files = line.ingredient().isPrepared()
                ? "by 'prepare'"
                : line.ingredient().files() + " entries, "
                        + megabytes(line.ingredient().bytes());
        return files
                + line.layer()
                        .map(one -> ", " + megabytes(one.size()) + " packed")
                        .orElse("");
    }

    /** A size for people. */
    static String megabytes(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
