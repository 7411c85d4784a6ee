package io.deployflow.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.account.Parameter;
import io.deployflow.sandbox.account.Quotas;
import io.deployflow.sandbox.account.Secrets;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.ecs.Images;
import io.deployflow.sandbox.ecs.Tags;
import io.deployflow.sandbox.ecs.TaskDefinitions;
import io.deployflow.sandbox.ecs.TaskPlans;
import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.port.LoadBalancer;
import io.deployflow.sandbox.port.Registry;
import io.deployflow.sandbox.scheduler.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that exists in one region of one account. Not thread-safe: {@link SandboxServer} holds a lock. */
public final class Cloud {

    private final Arns arns;
    private final Clock clock;
    private final Timings timings;
    private final Ids ids;
    private final Registry registry;
    private final LoadBalancer loadBalancer;
    private final LogArchive logs;
    private final TaskPlans plans;
    private final TaskDefinitions taskDefinitions;
    private final Balancing balancing;
    private final Tags tags = new Tags();
    private final Map<String, ObjectNode> overrides = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Set<String> repositories = new TreeSet<>();
    private final Set<String> logGroups = new TreeSet<>();
    private final Secrets secrets = new Secrets();
    private final Map<String, Parameter> parameters = new TreeMap<>();
    private final Quotas quotas = new Quotas();
    private final Map<String, ObjectNode> scalableTargets = new TreeMap<>();
    private final Map<String, ObjectNode> scalingPolicies = new TreeMap<>();
    private final Set<String> alarms = new TreeSet<>();

    Cloud(Arns arns, Clock clock, Timings timings, Ids ids, Ports ports) {
        this.arns = arns;
        this.clock = clock;
        this.timings = timings;
        this.ids = ids;
        this.registry = ports.registry();
        this.loadBalancer = ports.loadBalancer();
        this.logs = new LogArchive(ports.runtime());
        this.plans = new TaskPlans(new Images(registry), timings);
        this.taskDefinitions = new TaskDefinitions(arns);
        this.balancing = new Balancing(timings);
    }

    /** {@return makes ARNs} */
    public Arns arns() {
        return arns;
    }

    /** {@return the time} */
    public Instant now() {
        return clock.instant();
    }

    /** {@return how long things take} */
    public Timings timings() {
        return timings;
    }

    /** {@return makes identifiers} */
    public Ids ids() {
        return ids;
    }

    /** {@return the image registry} */
    public Registry registry() {
        return registry;
    }

    /** {@return the reverse proxy} */
    public LoadBalancer loadBalancer() {
        return loadBalancer;
    }

    /** {@return the output of containers} */
    public LogArchive logs() {
        return logs;
    }

    /** {@return makes plans from task definitions} */
    public TaskPlans plans() {
        return plans;
    }

    /** {@return the task definitions} */
    public TaskDefinitions taskDefinitions() {
        return taskDefinitions;
    }

    /** {@return load balancers, target groups, listeners} */
    public Balancing balancing() {
        return balancing;
    }

    /** {@return what RunTask was given as {@code overrides}, by the id of its task, to be read and added to} */
    public Map<String, ObjectNode> overrides() {
        return overrides;
    }

    /** {@return the tags of every resource} */
    public Tags tags() {
        return tags;
    }

    /** {@return clusters by name, to be read and changed} */
    public Map<String, Cluster> clusters() {
        return clusters;
    }

    /** {@return the CloudWatch alarms that ring, by name, to be read and changed} */
    public Set<String> alarms() {
        return alarms;
    }

    /** {@return repositories that were created, whether they hold an image or not, to be read and changed} */
    public Set<String> repositories() {
        return repositories;
    }

    /** {@return log groups that were created, whether anything was written to them or not, to be read and changed} */
    public Set<String> logGroups() {
        return logGroups;
    }

    /** {@return the secrets of Secrets Manager} */
    public Secrets secrets() {
        return secrets;
    }

    /** {@return the parameters of Systems Manager by name, to be read and changed} */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** {@return the quotas} */
    public Quotas quotas() {
        return quotas;
    }

    /** {@return the scalable targets as they are shown, by what they scale, to be read and changed} */
    public Map<String, ObjectNode> scalableTargets() {
        return scalableTargets;
    }

    /** {@return the scaling policies as they are shown, by what they scale and their name, to be read and changed} */
    public Map<String, ObjectNode> scalingPolicies() {
        return scalingPolicies;
    }
}
