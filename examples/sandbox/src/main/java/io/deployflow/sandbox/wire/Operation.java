package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One API operation. A Query request and its answer are given the same JSON form as the others. */
@FunctionalInterface
public interface Operation {

    /**
     * Carries it out. Called by one thread at a time.
     *
     * @param request the parameters
     * @return the answer
     * @throws AwsException when AWS would answer with an error
     */
    ObjectNode handle(ObjectNode request);
}
