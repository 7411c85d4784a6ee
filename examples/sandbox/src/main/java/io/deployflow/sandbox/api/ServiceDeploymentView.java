package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.Deployment;
import io.deployflow.sandbox.scheduler.ServiceDeployment;
import io.deployflow.sandbox.scheduler.ServiceDeploymentStatus;
import io.deployflow.sandbox.wire.Json;

/** Makes a service deployment as the API shows it. */
final class ServiceDeploymentView {

    private ServiceDeploymentView() {}

    static ObjectNode brief(EcsService service, ServiceDeployment deployment) {
        return common(service, deployment).put("targetServiceRevisionArn", service.revisionArn(deployment.target()));
    }

    static ObjectNode full(EcsService service, ServiceDeployment deployment) {
        ObjectNode view = common(service, deployment)
                .put("updatedAt", Json.time(deployment.updatedAt()))
                .put("lifecycleStage", stage(deployment));
        view.set("targetServiceRevision", summary(service, deployment, deployment.target(), true));
        deployment
                .source()
                .ifPresent(source ->
                        view.putArray("sourceServiceRevisions").add(summary(service, deployment, source, false)));
        view.set("deploymentConfiguration", service.settings().path("deploymentConfiguration"));
        view.putObject("deploymentCircuitBreaker")
                .put("status", deployment.breaker().name())
                .put("failureCount", deployment.failureCount())
                .put("threshold", deployment.threshold());
        alarms(service, deployment, view);
        deployment
                .rollback()
                .ifPresent(rollback -> view.putObject("rollback")
                        .put("reason", rollback.reason())
                        .put("startedAt", Json.time(rollback.startedAt()))
                        .put("serviceRevisionArn", service.revisionArn(rollback.to())));
        if (deployment.status() == ServiceDeploymentStatus.STOPPED) {
            deployment.finishedAt().ifPresent(time -> view.put("stoppedAt", Json.time(time)));
        }
        return view;
    }

    private static ObjectNode summary(
            EcsService service, ServiceDeployment deployment, Deployment revision, boolean target) {
        ObjectNode summary = ServiceView.revisionCounts(service, revision);
        deployment
                .progress()
                .ifPresent(progress -> summary.put(
                                "requestedProductionTrafficWeight",
                                target ? progress.production() : 100 - progress.production())
                        .put("requestedTestTrafficWeight", target ? progress.test() : 100 - progress.test()));
        return summary;
    }

    private static void alarms(EcsService service, ServiceDeployment deployment, ObjectNode view) {
        JsonNode configured = service.settings().path("deploymentConfiguration").path("alarms");
        if (configured.path("enable").asBoolean(false)) {
            ObjectNode alarms = view.putObject("alarms");
            alarms.put("status", alarmStatus(deployment)).set("alarmNames", configured.path("alarmNames"));
            deployment
                    .alarm()
                    .ifPresent(name -> alarms.putArray("triggeredAlarmNames").add(name));
        }
    }

    private static String alarmStatus(ServiceDeployment deployment) {
        if (deployment.alarm().isPresent()) {
            return "TRIGGERED";
        }
        return deployment.status().inFlight() ? "MONITORING" : "MONITORING_COMPLETE";
    }

    private static ObjectNode common(EcsService service, ServiceDeployment deployment) {
        ObjectNode view = Json.object()
                .put("serviceDeploymentArn", service.part("service-deployment", deployment.id()))
                .put("serviceArn", service.arn())
                .put("clusterArn", service.cluster().arn())
                .put("createdAt", Json.time(deployment.target().createdAt()))
                .put("status", deployment.status().name());
        deployment.startedAt().ifPresent(time -> view.put("startedAt", Json.time(time)));
        deployment.finishedAt().ifPresent(time -> view.put("finishedAt", Json.time(time)));
        return deployment.reason().isEmpty() ? view : view.put("statusReason", deployment.reason());
    }

    private static String stage(ServiceDeployment deployment) {
        return deployment.progress().map(progress -> progress.stage().name()).orElseGet(() -> rollingStage(deployment));
    }

    private static String rollingStage(ServiceDeployment deployment) {
        return deployment.status().inFlight() ? "SCALE_UP" : "CLEAN_UP";
    }
}
