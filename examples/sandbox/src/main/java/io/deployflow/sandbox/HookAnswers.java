package io.deployflow.sandbox;

import io.deployflow.sandbox.scheduler.HookStatus;
import io.deployflow.sandbox.scheduler.Stage;
import java.util.Map;
import java.util.TreeMap;

/** What the functions behind lifecycle hooks answer. Not thread-safe: {@link SandboxServer} holds a lock. */
public final class HookAnswers {

    private final Map<String, HookStatus> answers = new TreeMap<>();

    HookAnswers() {}

    /**
     * Says what a function answers from now on.
     *
     * @param targetArn the function
     * @param stage the stage that it is asked about; empty is every stage that nothing is said of
     * @param answer its answer
     */
    public void put(String targetArn, String stage, HookStatus answer) {
        answers.put(targetArn + " " + stage, answer);
    }

    /** Lets every function agree again. */
    public void clear() {
        answers.clear();
    }

    /** {@return what was said, by function and stage} */
    public Map<String, HookStatus> all() {
        return answers;
    }

    HookStatus answer(String targetArn, Stage stage) {
        HookStatus everywhere = answers.getOrDefault(targetArn + " ", HookStatus.SUCCEEDED);
        return answers.getOrDefault(targetArn + " " + stage, everywhere);
    }
}
