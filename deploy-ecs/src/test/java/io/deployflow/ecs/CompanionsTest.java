package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Tag;

class CompanionsTest {
    @Test
    void toTags_ofTwoServices_isOneThatReadsAsItIs() {
        Companions two = Companions.of(
                List.of(part("web", "shop-web:17"), part("worker", "shop-worker:9"), part("cron", "shop-web:17")));

        assertThat(two.toTags())
                .containsExactly(Tag.builder()
                        .key("deployflow:with")
                        .value("worker=shop-worker:9 cron=.")
                        .build());
        assertThat(Companions.read(two.toTags())).isEqualTo(two);
    }

    @Test
    void toTags_ofFiftyServices_areAsManyAsTheirLengthTakes() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            many.put("service-number-" + i, "a-family-of-some-length-" + i + ":" + 100 * i);
        }

        List<Tag> tags = new Companions(many).toTags();

        assertThat(tags).hasSizeBetween(8, 20).allMatch(tag -> tag.value().length() <= 256);
        assertThat(Companions.read(tags).ids()).isEqualTo(many);
    }

    @Test
    void toTags_ofOneThatNoTagHolds_leavesItOut() {
        assertThat(new Companions(Map.of("w".repeat(200), "f".repeat(100) + ":1")).toTags())
                .isEmpty();
    }

    @Test
    void arn_isInTheAccountAndRegionOfTheLeadingOne() {
        Companions companions = new Companions(Map.of("worker", "shop-worker:9", "clock", Companions.SAME));

        assertThat(companions.arn("worker", "arn:aws:ecs:eu-west-1:1:task-definition/shop-web:17"))
                .contains("arn:aws:ecs:eu-west-1:1:task-definition/shop-worker:9");
        assertThat(companions.arn("clock", "arn:aws:ecs:eu-west-1:1:task-definition/shop-web:17"))
                .contains("arn:aws:ecs:eu-west-1:1:task-definition/shop-web:17");
        assertThat(companions.arn("cron", "arn:aws:ecs:eu-west-1:1:task-definition/shop-web:17"))
                .isEmpty();
    }

    private static EcsRelease.Part part(String service, String id) {
        return new EcsRelease.Part(service, "arn:aws:ecs:eu-west-1:1:task-definition/" + id, Optional.empty());
    }
}
