package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How requests and answers of a kind of API are written. */
interface Protocol {

    /** The content type of answers. */
    String contentType();

    /** Writes an answer. */
    String answer(AwsCall call, ObjectNode body, String requestId);

    /** Writes an error. */
    String error(AwsCall call, AwsException error, String requestId);

    /** The error for an operation that is not there. */
    AwsException unknown(AwsCall call);

    /** The error for a request without a signature. */
    AwsException unsigned();

    /** The error for a caller that is not let in. */
    AwsException refused(Refusal refusal);
}
