package io.deployflow.internal.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.Secret;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowListener;
import io.deployflow.flow.JobState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells GitHub of deploys: a deployment when one begins, and its status when it begins and ends. */
final class GithubListener implements FlowListener {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST = 140;

    private final String deployments;
    private final Secret token;
    private final NoticeHttp http;
    private final Optional<String> link;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    /**
     * Tells of one repository's.
     *
     * @param repository the URL of the repository in GitHub's API
     * @param link where the run can be looked at
     */
    GithubListener(String repository, Secret token, NoticeHttp http, Optional<String> link) {
        this.deployments = repository + "/deployments";
        this.token = token;
        this.http = http;
        this.link = link;
    }

    @Override
    public void onEvent(FlowEvent event) {
        if (event instanceof FlowEvent.Deployment deployment) {
            String id = ids.computeIfAbsent(deployment.job() + deployment.environment(), key -> created(deployment));
            if (!id.isEmpty()) {
                post(deployments + "/" + id + "/statuses", status(deployment));
            }
        }
    }

    private String created(FlowEvent.Deployment deployment) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("ref", deployment.revision())
                .put("environment", deployment.environment())
                .put("auto_merge", false)
                .put("description", "deployflow, to " + String.join(", ", deployment.targets()));
        // The flow decides what must have passed before.
        body.putArray("required_contexts");
        return post(deployments, body).map(GithubListener::id).orElse("");
    }

    private ObjectNode status(FlowEvent.Deployment deployment) {
        String state = deployment
                .outcome()
                .map(outcome -> outcome == JobState.SUCCEEDED ? "success" : "failure")
                .orElse("in_progress");
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("state", state)
                .put("description", shortened(deployment.detail()))
                .put("auto_inactive", true);
        deployment.link().ifPresent(place -> body.put("environment_url", place));
        link.ifPresent(run -> body.put("log_url", run));
        return body;
    }

    private Optional<String> post(String url, ObjectNode body) {
        return http.post(url, body.toString(), Optional.of(token.reveal()));
    }

    private static String id(String answer) {
        try {
            return MAPPER.readTree(answer).path("id").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
