package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void remedy_ofATypingMistake_namesTheOneThatWasMeant() {
        assertThat(Nearest.remedy("cluster", "app-dve", List.of("app-prod", "app-dev")))
                .isEqualTo("Did you mean 'cluster: app-dev'?");
    }

    @Test
    void remedy_ofSomethingElse_namesAll() {
        assertThat(Nearest.remedy("cluster", "xyz", List.of("app-prod", "app-dev")))
                .isEqualTo("Set 'cluster' to one of: app-prod, app-dev.");
    }

    @Test
    void remedy_whereThereIsNone_doubtsTheRegion() {
        assertThat(Nearest.remedy("cluster", "xyz", List.of())).contains("region");
    }
}
