package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.Clouds;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;

/**
 * The path {@code /_sandbox/quotas}: changes a quota, {@code {"ServiceCode": "ecs", "QuotaCode": "L-46458851", "Value":
 * 10}}, in the region {@code Region} or the sandbox's own. A quota is shown, and nothing is held to it.
 */
final class QuotaSettings {

    private final Clouds clouds;

    QuotaSettings(Clouds clouds) {
        this.clouds = clouds;
    }

    void addTo(Operations operations) {
        operations.add(Api.OWN, "POST quotas", this::set);
    }

    private ObjectNode set(ObjectNode request) {
        String account = clouds.home().arns().account();
        Cloud cloud = clouds.of(account, request.path("Region").asText(""));
        double value = request.path("Value").asDouble();
        cloud.quotas().set(ServiceQuotas.find(cloud, request), value);
        return Json.object().put("Value", value);
    }
}
