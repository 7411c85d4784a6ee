package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.account.Quota;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.List;

/** Operations that read quotas. */
final class ServiceQuotas {

    private static final int MOST_LISTED = 100;

    private final Cloud cloud;

    ServiceQuotas(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("servicequotas", "GetServiceQuota", this::get)
                .add("servicequotas", "ListServiceQuotas", this::list);
    }

    private ObjectNode get(ObjectNode request) {
        return Json.object().set("Quota", view(find(cloud, request)));
    }

    /** The quota that a request names. */
    static Quota find(Cloud cloud, ObjectNode request) {
        String service = known(cloud, request);
        String code = Json.required(request, "QuotaCode");
        return cloud.quotas()
                .find(service, code)
                .orElseThrow(() -> missing("The request failed because the specified quota does not exist."));
    }

    private static String known(Cloud cloud, ObjectNode request) {
        String service = Json.required(request, "ServiceCode");
        if (cloud.quotas().of(service).isEmpty()) {
            throw missing("The request failed because the specified service does not exist.");
        }
        return service;
    }

    private static AwsException missing(String message) {
        return new AwsException("NoSuchResourceException", message);
    }

    private ObjectNode list(ObjectNode request) {
        List<ObjectNode> quotas = cloud.quotas().of(known(cloud, request)).stream()
                .map(this::view)
                .toList();
        Page<ObjectNode> page = Page.ofCapitals(quotas, request, MOST_LISTED);
        return page.mark(Json.object().set("Quotas", Json.array(page.items())));
    }

    private ObjectNode view(Quota quota) {
        return Json.object()
                .put("ServiceCode", quota.service())
                .put("ServiceName", quota.serviceName())
                .put("QuotaArn", cloud.arns().of("servicequotas", quota.service() + "/" + quota.code()))
                .put("QuotaCode", quota.code())
                .put("QuotaName", quota.name())
                .put("Value", quota.value())
                .put("Unit", "None")
                .put("Adjustable", quota.adjustable())
                .put("GlobalQuota", false);
    }
}
