package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.Clouds;
import io.deployflow.sandbox.account.Secret;
import io.deployflow.sandbox.iam.Access;
import io.deployflow.sandbox.iam.Accesses;
import io.deployflow.sandbox.iam.Gate;
import io.deployflow.sandbox.iam.Principal;
import io.deployflow.sandbox.wire.Caller;
import io.deployflow.sandbox.wire.Operation;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Plane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leads a call to the operations of its caller's account and region. */
public final class CloudPlane implements Plane {

    private final Clouds clouds;
    private final Gate gate;
    private final Operations own;
    private final Map<Cloud, Operations> operations = new HashMap<>();

    /**
     * Over the clouds that there are.
     *
     * @param clouds what the operations read and change
     */
    public CloudPlane(Clouds clouds) {
        this.clouds = clouds;
        this.gate = new Gate(clouds.identities());
        this.own = Api.ownOf(clouds);
    }

    @Override
    public Optional<Operation> find(Caller caller, String service, String operation) {
        return service.equals("sts")
                ? sts(caller).find(service, operation)
                : operations
                        .computeIfAbsent(cloud(caller), cloud -> Api.of(cloud, clouds.identities()))
                        .find(service, operation);
    }

    /** The only service whose answers depend on who calls. */
    private Operations sts(Caller caller) {
        Operations table = new Operations();
        new Sts(clouds.home(), clouds.identities(), principalOf(caller)).addTo(table);
        return table;
    }

    @Override
    public Optional<Operation> own(String request) {
        return own.find(Api.OWN, request);
    }

    @Override
    public String principal(Caller caller) {
        return principalOf(caller).arn();
    }

    @Override
    public void authorize(Caller caller, String service, String operation, ObjectNode request) {
        Cloud cloud = cloud(caller);
        gate.check(principalOf(caller), accesses(cloud).of(service, operation, request), cloud.now());
    }

    @Override
    public List<String> actions(Caller caller, String service, String operation, ObjectNode request) {
        return accesses(cloud(caller)).of(service, operation, request).stream()
                .map(Access::action)
                .distinct()
                .toList();
    }

    private Principal principalOf(Caller caller) {
        return clouds.identities().principal(caller);
    }

    private Cloud cloud(Caller caller) {
        return clouds.of(principalOf(caller).account(), caller.region());
    }

    private static Accesses accesses(Cloud cloud) {
        return new Accesses(
                cloud.arns(),
                reference -> cloud.taskDefinitions()
                        .find(reference)
                        .map(found -> found.path("taskDefinitionArn").asText())
                        .orElseGet(() -> cloud.arns().ecs("task-definition", reference)),
                id -> cloud.secrets()
                        .find(id)
                        .map(Secret::arn)
                        .orElseGet(
                                () -> id.startsWith("arn:") ? id : cloud.arns().of("secretsmanager", "secret:" + id)));
    }
}
