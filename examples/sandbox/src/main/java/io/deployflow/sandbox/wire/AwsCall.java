package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.Map;

/**
 * A request, parsed.
 *
 * @param service as {@code ecs} or {@code elbv2}; empty when unknown
 * @param operation its name, or empty when unknown
 * @param request the parameters
 * @param protocol how it was written
 */
record AwsCall(String service, String operation, ObjectNode request, Protocol protocol) {

    private static final Map<String, String> JSON_SERVICES = Map.of(
            "AmazonEC2ContainerServiceV20141113", "ecs",
            "AmazonEC2ContainerRegistry_V20150921", "ecr",
            "Logs_20140328", "logs",
            "secretsmanager", "secretsmanager",
            "AmazonSSM", "ssm",
            "ServiceQuotasV20190624", "servicequotas",
            "AnyScaleFrontendService", "application-autoscaling");

    private static final Map<String, String> QUERY_SERVICES =
            Map.of("2015-12-01", "elbv2", "2011-06-15", "sts", "2010-05-08", "iam");

    /** Reads a request: JSON when it names a target in a header, Query otherwise. */
    static AwsCall read(Headers headers, String body) {
        String target = headers.getFirst("X-Amz-Target");
        return target == null ? query(body) : json(target, body);
    }

    private static AwsCall json(String target, String body) {
        int dot = target.indexOf('.');
        String service = JSON_SERVICES.getOrDefault(target.substring(0, Math.max(0, dot)), "");
        return new AwsCall(service, target.substring(dot + 1), Json.parse(body), new JsonProtocol());
    }

    private static AwsCall query(String body) {
        ObjectNode request = QueryForm.parse(body);
        String service = QUERY_SERVICES.getOrDefault(request.path("Version").asText(), "");
        return new AwsCall(service, request.path("Action").asText(), request, new QueryProtocol());
    }
}
