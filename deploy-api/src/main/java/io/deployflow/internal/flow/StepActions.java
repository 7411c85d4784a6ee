package io.deployflow.internal.flow;

import io.deployflow.flow.StepSettings;

/** Finds what a step does. */
final class StepActions {
    private StepActions() {}

    static StepAction of(StepSettings settings) {
        return settings.run()
                .<StepAction>map(script -> shell(script, settings))
                .or(() -> settings.restoreCache().map(RestoreCacheStep::new))
                .or(() -> settings.saveCache().map(SaveCacheStep::new))
                .or(() -> settings.storeTestResults().map(TestResultsStep::new))
                .or(() -> settings.storeArtifacts().map(ArtifactsStep::new))
                .or(() -> settings.publishDocs().map(PublishDocsStep::new))
                .or(() -> settings.deploy().map(DeployStep::new))
                .orElseThrow();
    }

    private static StepAction shell(String script, StepSettings settings) {
        return settings.split()
                .<StepAction>map(split -> new SplitStep(script, split))
                .orElseGet(() -> new ShellStep(script, settings.background()));
    }
}
