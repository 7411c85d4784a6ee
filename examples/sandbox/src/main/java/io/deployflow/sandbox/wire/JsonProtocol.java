package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** AWS JSON 1.1. */
final class JsonProtocol implements Protocol {

    @Override
    public String contentType() {
        return "application/x-amz-json-1.1";
    }

    @Override
    public String answer(AwsCall call, ObjectNode body, String requestId) {
        return body.toString();
    }

    @Override
    public String error(AwsCall call, AwsException error, String requestId) {
        return Json.object()
                .put("__type", error.code())
                .put("message", error.text())
                .toString();
    }

    @Override
    public AwsException unknown(AwsCall call) {
        return new AwsException(
                "UnknownOperationException", "The sandbox does not have the operation " + call.operation() + ".");
    }

    @Override
    public AwsException unsigned() {
        return new AwsException("MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    @Override
    public AwsException refused(Refusal refusal) {
        String code = switch (refusal.kind()) {
            case DENIED -> "AccessDeniedException";
            case EXPIRED -> "ExpiredTokenException";
        };
        return new AwsException(code, refusal.text());
    }
}
