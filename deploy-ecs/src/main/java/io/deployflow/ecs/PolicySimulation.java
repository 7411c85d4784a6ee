package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** Asks IAM what somebody may do, without doing it. */
final class PolicySimulation {
    private final AwsClients clients;

    PolicySimulation(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * What somebody is not allowed.
     *
     * @param action its IAM name
     * @param resource what on
     */
    record Denied(String action, String resource) {}

    /** What of these statements a user or role may not do; one resource at a time, as each has an answer of its own. */
    List<Denied> denied(String principal, List<IamPolicy.Statement> statements) {
        List<Denied> denied = new ArrayList<>();
        for (IamPolicy.Statement statement : statements) {
            for (String resource : statement.resources()) {
                denied.addAll(denied(principal, statement, resource));
            }
        }
        return denied;
    }

    private List<Denied> denied(String principal, IamPolicy.Statement statement, String resource) {
        List<ContextEntry> context = statement.condition().entrySet().stream()
                .map(PolicySimulation::entry)
                .toList();
        return AwsErrors.reading(
                "iam:SimulatePrincipalPolicy",
                () -> clients
                        .iam()
                        .simulatePrincipalPolicyPaginator(request -> request.policySourceArn(principal)
                                .actionNames(statement.actions())
                                .resourceArns(resource)
                                .contextEntries(context))
                        .evaluationResults()
                        .stream()
                        .filter(result -> result.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
                        .map(EvaluationResult::evalActionName)
                        .map(action -> new Denied(action, resource))
                        .toList());
    }

    private static ContextEntry entry(Map.Entry<String, String> condition) {
        return ContextEntry.builder()
                .contextKeyName(condition.getKey())
                .contextKeyType(ContextKeyTypeEnum.STRING)
                .contextKeyValues(condition.getValue())
                .build();
    }
}
