package io.deployflow.sandbox.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.port.Backend;
import io.deployflow.sandbox.port.Backend.State;
import io.deployflow.sandbox.port.HealthProbe.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private final Map<String, TargetGroup> groups = new LinkedHashMap<>();

    @Test
    void oneGroup_givesEveryTargetTheFullWeight() {
        group("blue", 200, 200, 200);

        assertThat(list(Forward.to("blue"))).extracting(Backend::weight).containsOnly(256);
    }

    @Test
    void twoGroups_shareByWeightWhateverTheNumberOfTargets() {
        group("blue", 200, 200, 200, 200);
        group("green", 200);

        List<Backend> backends = list(new Forward(Map.of("blue", 80, "green", 20)));

        assertThat(backends).extracting(Backend::weight).containsOnly(256);
    }

    @Test
    void smallWeight_isNeverLost_andNoneIsNone() {
        group("blue", 200);
        group("green", 200);

        assertThat(weights(new Forward(Map.of("blue", 999, "green", 1)))).containsEntry("blue", 256);
        assertThat(weights(new Forward(Map.of("blue", 999, "green", 1)))).containsEntry("green", 1);
        assertThat(weights(new Forward(Map.of("blue", 100, "green", 0)))).containsEntry("green", 0);
    }

    @Test
    void targetsThatAreNotReady_doNotCount() {
        group("blue", 200, 200);
        group("green", 200, 500);

        List<Backend> ready = list(new Forward(Map.of("blue", 50, "green", 50))).stream()
                .filter(backend -> backend.state() == State.READY)
                .toList();

        assertThat(ready).extracting(Backend::weight).containsExactlyInAnyOrder(128, 128, 256);
    }

    private List<Backend> list(Forward forward) {
        return new Backends(forward, groups).list();
    }

    private Map<String, Integer> weights(Forward forward) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        list(forward).forEach(backend -> weights.put(backend.host(), backend.weight()));
        return weights;
    }

    /** A group with a target for each answer to its checks; a target's host is the group's name. */
    private void group(String name, int... answers) {
        HealthCheckSettings check =
                new HealthCheckSettings("/", "traffic-port", Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 1, "200");
        TargetGroup group = new TargetGroup(name, name, Map.of(), check);
        for (int answer : answers) {
            CheckedTarget target = new CheckedTarget(Instant.EPOCH);
            target.checked(new Result.Answered(answer), check);
            group.targets().put(new TargetRef(name, name, group.targets().size()), target);
        }
        groups.put(name, group);
    }
}
