package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** AWS Query: forms in, XML out. */
final class QueryProtocol implements Protocol {

    @Override
    public String contentType() {
        return "text/xml";
    }

    @Override
    public String answer(AwsCall call, ObjectNode body, String requestId) {
        String name = call.operation();
        ObjectNode response = Json.object();
        response.set(name + "Result", body);
        response.putObject("ResponseMetadata").put("RequestId", requestId);
        return Xml.document(name + "Response", namespace(call), response);
    }

    @Override
    public String error(AwsCall call, AwsException error, String requestId) {
        ObjectNode response = Json.object();
        response.putObject("Error")
                .put("Type", error.status() < 500 ? "Sender" : "Receiver")
                .put("Code", error.code())
                .put("Message", error.text());
        return Xml.document("ErrorResponse", namespace(call), response.put("RequestId", requestId));
    }

    @Override
    public AwsException unknown(AwsCall call) {
        return new AwsException(
                "InvalidAction",
                "Could not find operation %s for version %s"
                        .formatted(
                                call.operation(), call.request().path("Version").asText("NO_VERSION_SPECIFIED")));
    }

    @Override
    public AwsException unsigned() {
        return new AwsException("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
    }

    @Override
    public AwsException refused(Refusal refusal) {
        String code = switch (refusal.kind()) {
            case DENIED -> "AccessDenied";
            case EXPIRED -> "ExpiredToken";
        };
        return new AwsException(code, refusal.text(), 403);
    }

    private static String namespace(AwsCall call) {
        return switch (call.service()) {
            case "sts" -> "https://sts.amazonaws.com/doc/2011-06-15/";
            case "iam" -> "https://iam.amazonaws.com/doc/2010-05-08/";
            default -> "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";
        };
    }
}
