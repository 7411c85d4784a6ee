package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.elb.Balancer;
import io.deployflow.sandbox.elb.Forward;
import io.deployflow.sandbox.elb.Listener;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.util.List;
import java.util.Optional;

/** Operations on load balancers and listeners. */
final class Elb {

    private final Cloud cloud;

    Elb(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("elbv2", "CreateLoadBalancer", this::create)
                .add("elbv2", "DescribeLoadBalancers", this::describe)
                .add("elbv2", "DeleteLoadBalancer", this::delete)
                .add("elbv2", "CreateListener", this::createListener)
                .add("elbv2", "DescribeListeners", this::describeListeners)
                .add("elbv2", "ModifyListener", this::modifyListener)
                .add("elbv2", "DeleteListener", this::deleteListener);
    }

    private ObjectNode create(ObjectNode request) {
        String name = Json.required(request, "Name");
        Balancer balancer = byName(name).orElseGet(() -> {
            String arn = cloud.arns()
                    .of(
                            "elasticloadbalancing",
                            "loadbalancer/app/" + name + "/" + cloud.ids().hex16());
            return new Balancer(arn, name, request.path("Scheme").asText("internet-facing"), cloud.now());
        });
        cloud.balancing().balancers().put(balancer.arn(), balancer);
        return balancers(List.of(balancer));
    }

    private ObjectNode describe(ObjectNode request) {
        List<String> arns = Json.texts(request, "LoadBalancerArns");
        List<String> names = Json.texts(request, "Names");
        List<Balancer> found = cloud.balancing().balancers().values().stream()
                .filter(each -> arns.isEmpty() || arns.contains(each.arn()))
                .filter(each -> names.isEmpty() || names.contains(each.name()))
                .toList();
        if (found.size() < Math.max(arns.size(), names.size())) {
            throw new AwsException("LoadBalancerNotFound", "One or more load balancers not found");
        }
        return balancers(found);
    }

    private ObjectNode delete(ObjectNode request) {
        String arn = Json.required(request, "LoadBalancerArn");
        List.copyOf(cloud.balancing().listeners().values()).stream()
                .filter(listener -> listener.loadBalancerArn().equals(arn))
                .forEach(this::close);
        cloud.balancing().balancers().remove(arn);
        return Json.object();
    }

    private ObjectNode createListener(ObjectNode request) {
        String balancerArn = Json.required(request, "LoadBalancerArn");
        if (!cloud.balancing().balancers().containsKey(balancerArn)) {
            throw new AwsException("LoadBalancerNotFound", "Load balancer '%s' not found".formatted(balancerArn));
        }
        Forward forward = ElbActions.read(request.path("DefaultActions"), cloud.balancing());
        String id = cloud.ids().hex16();
        int port = cloud.loadBalancer().open("l-" + id, request.path("Port").asInt(0));
        String arn = balancerArn.replace(":loadbalancer/", ":listener/") + "/" + id;
        Listener listener = new Listener(
                arn, balancerArn, "l-" + id, request.path("Protocol").asText("HTTP"), port, forward);
        cloud.balancing().listeners().put(arn, listener);
        return listeners(List.of(listener));
    }

    private ObjectNode describeListeners(ObjectNode request) {
        String balancerArn = request.path("LoadBalancerArn").asText("");
        List<String> arns = Json.texts(request, "ListenerArns");
        List<Listener> found = cloud.balancing().listeners().values().stream()
                .filter(each -> balancerArn.isEmpty() || each.loadBalancerArn().equals(balancerArn))
                .filter(each -> arns.isEmpty() || arns.contains(each.arn()))
                .toList();
        if (found.size() < arns.size()) {
            throw new AwsException("ListenerNotFound", "One or more listeners not found");
        }
        return listeners(found);
    }

    private ObjectNode deleteListener(ObjectNode request) {
        close(listener(cloud, request));
        return Json.object();
    }

    private ObjectNode modifyListener(ObjectNode request) {
        Listener listener = listener(cloud, request);
        if (request.has("DefaultActions")) {
            Forward forward = ElbActions.read(request.path("DefaultActions"), cloud.balancing());
            cloud.balancing().forward(listener.defaultRuleArn(), forward);
        }
        return listeners(List.of(listener(cloud, request)));
    }

    /** The listener that a request names. */
    static Listener listener(Cloud cloud, ObjectNode request) {
        Listener listener = cloud.balancing().listeners().get(Json.required(request, "ListenerArn"));
        if (listener == null) {
            throw new AwsException("ListenerNotFound", "One or more listeners not found");
        }
        return listener;
    }

    private void close(Listener listener) {
        cloud.balancing().rules().values().removeIf(rule -> rule.listenerArn().equals(listener.arn()));
        cloud.balancing().listeners().remove(listener.arn());
        cloud.loadBalancer().close(listener.name());
    }

    private Optional<Balancer> byName(String name) {
        return cloud.balancing().balancers().values().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private static ObjectNode balancers(List<Balancer> balancers) {
        return Json.object()
                .set(
                        "LoadBalancers",
                        Json.array(balancers.stream().map(Elb::view).toList()));
    }

    private static ObjectNode view(Balancer balancer) {
        ObjectNode view = Json.object()
                .put("LoadBalancerArn", balancer.arn())
                .put("DNSName", "127.0.0.1")
                .put("CanonicalHostedZoneId", "Z00000000000000000000")
                .put("CreatedTime", balancer.createdAt().toString())
                .put("LoadBalancerName", balancer.name())
                .put("Scheme", balancer.scheme())
                .put("VpcId", "vpc-sandbox")
                .put("Type", "application")
                .put("IpAddressType", "ipv4");
        view.putObject("State").put("Code", "active");
        return view.set("AvailabilityZones", Json.array());
    }

    private static ObjectNode listeners(List<Listener> listeners) {
        return Json.object()
                .set("Listeners", Json.array(listeners.stream().map(Elb::view).toList()));
    }

    private static ObjectNode view(Listener listener) {
        ObjectNode view = Json.object()
                .put("ListenerArn", listener.arn())
                .put("LoadBalancerArn", listener.loadBalancerArn())
                .put("Port", listener.port())
                .put("Protocol", listener.protocol());
        return view.set("DefaultActions", ElbActions.write(listener.forward()));
    }
}
