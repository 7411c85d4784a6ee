package io.deployflow.internal.config.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.spi.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapesTest {
    record Good(
            @Setting(value = "A name.", required = true) String plainName,
            Optional<List<Integer>> numbersIfAny,
            @Setting(value = "", defaultValue = "3") long http2Limit,
            Map<String, Boolean> switches) {}

    record Unsure(String name) {}

    record Strange(@Setting(value = "", required = true) Thread thread) {}

    @Test
    void names_areThoseOfTheKeys_butDoNotLookBelow() {
        assertThat(Shapes.names(Good.class))
                .isEqualTo(Shapes.of(Good.class).names())
                .containsExactly("plain_name", "numbers_if_any", "http2_limit", "switches");
        assertThat(Shapes.names(Strange.class)).containsExactly("thread");
    }

    @Test
    void of_givesAKeyForEachComponent() {
        assertThat(Shapes.of(Good.class).keys())
                .containsExactly(
                        new Key(
                                "plain_name",
                                new Shape.Scalar(PlainType.TEXT),
                                false,
                                true,
                                Optional.empty(),
                                false,
                                "A name."),
                        new Key(
                                "numbers_if_any",
                                new Shape.Listing(new Shape.Scalar(PlainType.INT)),
                                true,
                                false,
                                Optional.empty(),
                                false,
                                ""),
                        new Key(
                                "http2_limit",
                                new Shape.Scalar(PlainType.LONG),
                                false,
                                false,
                                Optional.of("3"),
                                false,
                                ""),
                        new Key(
                                "switches",
                                new Shape.Mapping(new Shape.Scalar(PlainType.BOOLEAN)),
                                false,
                                false,
                                Optional.empty(),
                                false,
                                ""));
    }

    @Test
    void of_whenComponentMayBeMissingWithoutAValue_saysWhich() {
        assertThatThrownBy(() -> Shapes.of(Unsure.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("ShapesTest$Unsure.name is neither required nor has a default");
    }

    @Test
    void of_whenComponentHasATypeThatTheFileCannotHold_saysWhich() {
        assertThatThrownBy(() -> Shapes.of(Strange.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Strange.thread has a type that deploy.yml cannot hold: java.lang.Thread");
    }
}
