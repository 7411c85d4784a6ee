package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.Clouds;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.scheduler.Demand;
import io.deployflow.sandbox.scheduler.Stop;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.time.Duration;
import java.util.Optional;

/**
 * What befalls a deployment from outside, in the region {@code Region} or the sandbox's own: {@code /_sandbox/alarms},
 * {@code /_sandbox/capacity}, {@code /_sandbox/interruptions} and {@code /_sandbox/clock}.
 */
final class Circumstances {

    private final Clouds clouds;

    Circumstances(Clouds clouds) {
        this.clouds = clouds;
    }

    void addTo(Operations operations) {
        operations
                .add(Api.OWN, "POST alarms", this::alarm)
                .add(Api.OWN, "POST capacity", this::capacity)
                .add(Api.OWN, "POST interruptions", this::interrupt)
                .add(Api.OWN, "POST clock", this::clock);
    }

    /** {@code {"name": "errors", "state": "ALARM"}}, or {@code OK}. */
    private ObjectNode alarm(ObjectNode request) {
        Cloud cloud = cloud(request);
        String name = Json.required(request, "name");
        switch (request.path("state").asText()) {
            case "ALARM" -> cloud.alarms().add(name);
            case "OK" -> cloud.alarms().remove(name);
            default -> throw AwsException.invalid("state must be ALARM or OK");
        }
        return Json.object().set("ringing", Json.strings(cloud.alarms()));
    }

    /** {@code {"cluster": "app-dev", "cpu": 2048, "memory": 4096}}; without the two there is no limit. */
    private ObjectNode capacity(ObjectNode request) {
        Cluster cluster = new Lookup(cloud(request)).cluster(request);
        boolean limited = request.hasNonNull("cpu") || request.hasNonNull("memory");
        Demand limit = new Demand(
                request.path("cpu").asLong(Integer.MAX_VALUE),
                request.path("memory").asLong(Integer.MAX_VALUE));
        cluster.capacity().limit(Optional.of(limit).filter(any -> limited));
        Demand used = cluster.capacity().used();
        return Json.object().put("usedCpu", used.cpuUnits()).put("usedMemory", used.memoryMiB());
    }

    /** {@code {"cluster": "app-dev", "task": "arn:...", "kind": "SPOT"}}, or {@code TERMINATION}. */
    private ObjectNode interrupt(ObjectNode request) {
        Cloud cloud = cloud(request);
        Lookup lookup = new Lookup(cloud);
        Cluster.Placed placed = lookup.task(request);
        Stop why = request.path("kind").asText("SPOT").equals("SPOT") ? Stop.SPOT : Stop.TERMINATION;
        Cluster cluster = lookup.cluster(request);
        placed.service()
                .ifPresentOrElse(
                        service -> service.scheduler().interrupt(placed.task(), why, cloud.now()),
                        () -> cluster.standalone().interrupt(placed.task(), why, cloud.now()));
        return Json.object().put("stopCode", why.code().apiName());
    }

    /** {@code {"skewSeconds": 300}}: how far the clock of every answer is fast. */
    private ObjectNode clock(ObjectNode request) {
        clouds.clock()
                .skew(Duration.ofMillis((long) (request.path("skewSeconds").asDouble(0) * 1000)));
        return Json.object().put("now", Json.time(clouds.clock().instant()));
    }

    private Cloud cloud(ObjectNode request) {
        return clouds.of(clouds.home().arns().account(), request.path("Region").asText(""));
    }
}
