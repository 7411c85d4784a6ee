package io.deployflow.sandbox.iam;

/** What policies say to an access. */
public enum Decision {
    /** A statement allows it, and none denies it. */
    ALLOWED("allowed"),
    /** A statement denies it. */
    EXPLICIT_DENY("explicitDeny"),
    /** No statement is about it. */
    IMPLICIT_DENY("implicitDeny");

    private final String apiName;

    Decision(String apiName) {
        this.apiName = apiName;
    }

    /** {@return its name in answers of SimulatePrincipalPolicy} */
    public String apiName() {
        return apiName;
    }
}
