package io.deployflow.internal.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.Secret;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowListener;
import io.deployflow.flow.JobState;
import java.util.Optional;

/**
 * Tells a webhook of deploys: the field {@code text} is what Slack and those like it show, the others are for programs.
 *
 * @param application the application's name
 * @param url where to; secret
 * @param http sends it
 * @param link where the run can be looked at
 */
record WebhookListener(String application, Secret url, NoticeHttp http, Optional<String> link) implements FlowListener {

    @Override
    public void onEvent(FlowEvent event) {
        if (event instanceof FlowEvent.Deployment deployment) {
            http.post(url.reveal(), body(deployment), Optional.empty());
        }
    }

    private String body(FlowEvent.Deployment deployment) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("text", text(deployment))
                .put("application", application)
                .put("environment", deployment.environment())
                .put("revision", deployment.revision())
                .put("outcome", deployment.outcome().map(WebhookListener::word).orElse("started"))
                .put("link", deployment.link().orElse(null))
                .put("run", link.orElse(null));
        deployment.targets().forEach(node.putArray("targets")::add);
        return node.toString();
    }

    private String text(FlowEvent.Deployment deployment) {
        String what = application + " " + shortened(deployment.revision()) + " to " + deployment.environment();
        String outcome = deployment
                .outcome()
                .map(state -> (state == JobState.SUCCEEDED ? "Deployed " : "Failed to deploy ") + what + " in "
                        + deployment.took().toSeconds() + " s: " + deployment.detail())
                .orElse("Deploying " + what);
        return outcome
                + deployment.link().map(place -> "\n" + place).orElse("")
                + link.map(run -> "\n" + run).orElse("");
    }

    private static String shortened(String revision) {
        return revision.substring(0, Math.min(10, revision.length()));
    }

    private static String word(JobState state) {
        return state == JobState.SUCCEEDED ? "succeeded" : "failed";
    }
}
