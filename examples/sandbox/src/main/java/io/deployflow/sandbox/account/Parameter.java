package io.deployflow.sandbox.account;

import java.time.Instant;

/**
 * A parameter of Systems Manager.
 *
 * @param name its name
 * @param arn its ARN
 * @param type String, StringList or SecureString
 * @param value its text
 * @param version counts from 1
 * @param modifiedAt when it was last set
 */
public record Parameter(String name, String arn, String type, String value, int version, Instant modifiedAt) {

    /** Without the value. */
    @Override
    public String toString() {
        return "Parameter[" + arn + "]";
    }
}
