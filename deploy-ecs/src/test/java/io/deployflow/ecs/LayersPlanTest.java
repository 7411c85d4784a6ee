package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Plan;
import io.deployflow.spi.DeployContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan says of the base image's layers. */
class LayersPlanTest extends LayersStages {
    private static final String REVISION = "1111111111";

    @BeforeEach
    void putThreeLayers() {
        stage.putManifest("1", List.of("one", "and two", "and three"), "amd64");
    }

    private ImagePlan.Preview preview(String... more) {
        DeployContext context = stage.context(REVISION);
        return stage.road("cache", context, more)
                .plan()
                .preview(ImageReference.parse(server.host() + "/team/app:" + REVISION), context);
    }

    private static List<String> steps(ImagePlan.Preview preview) {
        return preview.steps().stream()
                .map(Plan.Step::command)
                .filter(line -> line.contains("base"))
                .toList();
    }

    @Test
    void base_ofAnotherRegistry_hasToBeSent() {
        ImagePlan.Preview preview = preview(stage.baseElsewhere());

        assertThat(steps(preview))
                .containsExactly("base: 3 layers, 0.1 kB, 3 to be sent", "send the base image: 3 layers, 0.1 kB");
        assertThat(preview.changes())
                .anySatisfy(change -> assertThat(change.toString()).contains("base image", "3 layers, 0.1 kB"));
    }

    @Test
    void base_ofAnotherRegistry_isSentAsFarAsItIsNotThere() {
        for (String there : List.of("one", "and three")) {
            server.put("team/app", (LayersStage.BASE_LAYER + there).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(steps(preview(stage.baseElsewhere())))
                .containsExactly("base: 3 layers, 0.1 kB, 1 to be sent", "send the base image: 1 layer, 0.0 kB");
    }

    @Test
    void base_ofTheSameRegistry_isTakenOverThere() {
        ImagePlan.Preview preview = preview();

        assertThat(steps(preview))
                .containsExactly(
                        "base: 3 layers, 0.1 kB, 3 to be taken over from base",
                        "take the base image over from base, or send it: 3 layers, 0.1 kB");
        assertThat(preview.changes())
                .noneSatisfy(change -> assertThat(change.toString()).contains("base image"));
        assertThat(server.requests).noneMatch(request -> request.startsWith("P"));
    }

    @Test
    void base_thatTheRepositoryHas_isThere_andNotAskedForWhereTheLiveImageHasIt() {
        stage.deploy("cache", REVISION);
        server.requests.clear();
        assertThat(steps(preview())).containsExactly("base: 3 layers, 0.1 kB, in the registry");
        assertThat(server.count("HEAD /v2/team/app/blobs/")).isEqualTo(5);

        stage.live = Optional.of(server.host() + "/team/app:" + REVISION);
        server.requests.clear();
        assertThat(steps(preview())).containsExactly("base: 3 layers, 0.1 kB, in the registry");
        assertThat(server.count("HEAD /v2/team/app/blobs/")).isZero();
    }

    @Test
    void base_whereTheRegistryDoesNotAnswerForIt_isShownWithAWarning() {
        for (int layer = 0; layer < 3; layer++) {
            server.fail("HEAD", "/v2/team/app/blobs/", 403, "DENIED");
        }

        assertThat(steps(preview(stage.baseElsewhere()))).containsExactly("base: 3 layers, 0.1 kB");
        assertThat(stage.warnings())
                .singleElement()
                .asString()
                .contains("it cannot be seen which layers of the base image the registry lacks", "403");
    }

    @Test
    void scratch_bringsNothing() {
        assertThat(steps(preview("    base: scratch\n"))).isEmpty();
    }
}
