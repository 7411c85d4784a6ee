package io.deployflow.sandbox.api;

import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;

/** Operations on identities. */
final class Sts {

    private final Cloud cloud;

    Sts(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations.add(
                "sts",
                "GetCallerIdentity",
                request -> Json.object()
                        .put(
                                "Arn",
                                "arn:aws:iam::%s:user/sandbox"
                                        .formatted(cloud.arns().account()))
                        .put("UserId", "AIDASANDBOX")
                        .put("Account", cloud.arns().account()));
    }
}
