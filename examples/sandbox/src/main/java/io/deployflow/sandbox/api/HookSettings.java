package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.HookAnswers;
import io.deployflow.sandbox.scheduler.HookStatus;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.util.Arrays;

/**
 * The path {@code /_sandbox/hooks}: says what the function behind a lifecycle hook answers from now on,
 * {@code {"hookTargetArn": "arn:aws:lambda:...", "hookStatus": "IN_PROGRESS", "lifecycleStage": "POST_SCALE_UP"}}; for
 * every stage when none is given. A hook that nothing is said of succeeds.
 */
final class HookSettings {

    private final HookAnswers answers;

    HookSettings(HookAnswers answers) {
        this.answers = answers;
    }

    void addTo(Operations operations) {
        operations
                .add(Api.OWN, "GET hooks", request -> view())
                .add(Api.OWN, "POST hooks", this::set)
                .add(Api.OWN, "DELETE hooks", this::clear);
    }

    private ObjectNode set(ObjectNode request) {
        String status = request.path("hookStatus").asText();
        HookStatus answer = Arrays.stream(HookStatus.values())
                .filter(each -> each.name().equals(status))
                .findFirst()
                .orElseThrow(() -> AwsException.invalid("hookStatus must be one of %s, not '%s'"
                        .formatted(Arrays.toString(HookStatus.values()), status)));
        answers.put(
                Json.required(request, "hookTargetArn"),
                request.path("lifecycleStage").asText(""),
                answer);
        return view();
    }

    private ObjectNode clear(ObjectNode request) {
        answers.clear();
        return view();
    }

    private ObjectNode view() {
        ObjectNode view = Json.object();
        answers.all().forEach((hook, answer) -> view.put(hook, answer.name()));
        return view;
    }
}
