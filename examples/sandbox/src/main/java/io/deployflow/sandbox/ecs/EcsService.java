package io.deployflow.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.scheduler.Deployment;
import io.deployflow.sandbox.scheduler.ServiceScheduler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A service: what the client configured, and its scheduler. */
public final class EcsService {

    private final String name;
    private final String arn;
    private final Cluster cluster;
    private final ObjectNode settings;
    private final ServiceScheduler scheduler;
    private final Instant createdAt;
    private final Map<String, ObjectNode> revisions = new LinkedHashMap<>();
    private boolean deleted;

    /**
     * A service without a deployment.
     *
     * @param name its name
     * @param arn its ARN
     * @param cluster where it is
     * @param settings the request's fields with defaults, without those that DescribeServices computes
     * @param scheduler its scheduler
     * @param createdAt when it was created
     */
    public EcsService(
            String name,
            String arn,
            Cluster cluster,
            ObjectNode settings,
            ServiceScheduler scheduler,
            Instant createdAt) {
        this.name = name;
        this.arn = arn;
        this.cluster = cluster;
        this.settings = settings;
        this.scheduler = scheduler;
        this.createdAt = createdAt;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its ARN} */
    public String arn() {
        return arn;
    }

    /** {@return where it is} */
    public Cluster cluster() {
        return cluster;
    }

    /** {@return what the client configured, to be read and changed} */
    public ObjectNode settings() {
        return settings;
    }

    /** {@return its scheduler} */
    public ServiceScheduler scheduler() {
        return scheduler;
    }

    /** {@return when it was created} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return the service revisions by the number of their deployment, to be read and added to} */
    public Map<String, ObjectNode> revisions() {
        return revisions;
    }

    /**
     * The ARN of the service revision of a deployment.
     *
     * @param deployment one of its deployments
     * @return the ARN
     */
    public String revisionArn(Deployment deployment) {
        return part("service-revision", deployment.number());
    }

    /**
     * The ARN of something that belongs to it.
     *
     * @param kind {@code service-revision} or {@code service-deployment}
     * @param id the last part
     * @return the ARN
     */
    public String part(String kind, String id) {
        return arn.replace(":service/", ":" + kind + "/") + "/" + id;
    }

    /** Marks it as deleted. */
    public void delete() {
        deleted = true;
    }

    /** {@return ACTIVE, DRAINING or INACTIVE} */
    public String status() {
        if (!deleted) {
            return "ACTIVE";
        }
        return scheduler.gone() ? "INACTIVE" : "DRAINING";
    }
}
