package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What the endpoint is a front of: operations, and who may call them. Called by one thread at a time. */
public interface Plane {

    /**
     * Finds an operation in the account and region of a caller.
     *
     * @param caller who calls
     * @param service its service
     * @param operation its name
     * @return empty when there is none
     */
    Optional<Operation> find(Caller caller, String service, String operation);

    /**
     * Who a caller is.
     *
     * @param caller who calls
     * @return the principal's ARN
     */
    String principal(Caller caller);

    /**
     * Checks that a caller may.
     *
     * @param caller who calls
     * @param service the operation's service
     * @param operation the operation's name
     * @param request its parameters
     * @throws Refusal when the caller may not, or its credentials have expired
     */
    void authorize(Caller caller, String service, String operation, ObjectNode request);

    /**
     * The IAM actions that a call needs.
     *
     * @param caller who calls
     * @param service the operation's service
     * @param operation the operation's name
     * @param request its parameters
     * @return as {@code ecs:UpdateService}; the operation's own is first
     */
    List<String> actions(Caller caller, String service, String operation, ObjectNode request);

    /**
     * Finds one of the sandbox's own operations.
     *
     * @param request method and path, {@code POST iam}
     * @return empty when there is none
     */
    Optional<Operation> own(String request);
}
