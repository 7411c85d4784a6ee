package io.deployflow.sandbox.account;

import java.time.Instant;

/**
 * A secret of Secrets Manager, with its one version.
 *
 * @param arn its ARN, which ends with six characters that nobody chose
 * @param name its name
 * @param description what it is for; may be empty
 * @param value its text
 * @param versionId the version's id
 * @param createdAt when it was made
 */
public record Secret(String arn, String name, String description, String value, String versionId, Instant createdAt) {

    /** Without the value. */
    @Override
    public String toString() {
        return "Secret[" + arn + "]";
    }
}
