package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.flow.PublishDocsSettings;
import io.deployflow.flow.PublishDocsSettings.Generator;
import io.deployflow.internal.Git;
import java.io.IOException;
import java.util.List;

/** Makes files of the repository again, and pushes them where they changed. */
record PublishDocsStep(PublishDocsSettings settings) implements StepAction {

    @Override
    public void run(StepSession step) {
        RunSession run = step.job().run();
        if (run.place().skips()) {
            step.say("the commit is itself one of [ci skip]: nothing is published");
            return;
        }
        if (run.inPlace()) {
            throw new FlowException(
                    "documents are published from a checkout of the commit, not from a directory as it is",
                    "Run without --in-place, in a git work tree.");
        }
        for (Generator generator : settings.generate()) {
            if (isWanted(generator, step)) {
                ShellStep.run(generator.run(), step);
            }
        }
        publish(step);
    }

    private void publish(StepSession step) {
        DocsCommit docs = new DocsCommit(step.directory(), settings.remote(), branch(step), step::say);
        if (!docs.isNeeded(settings.paths())) {
            step.say("nothing changed: nothing to commit");
            return;
        }
        RunSession run = step.job().run();
        String link = run.place().link().orElse("Run " + run.id() + " of deployflow");
        docs.commit(settings.paths(), "[ci skip] " + settings.message() + "\n\n" + link);
        docs.push(run.place().revision().orElseThrow());
        step.say("pushed to " + settings.remote() + " " + branch(step));
    }

    private String branch(StepSession step) {
        return settings.branch()
                .or(() -> step.job().run().place().branch())
                .orElseThrow(() -> new FlowException(
                        "it is not known which branch the documents are to be pushed to",
                        "Name it: 'branch' in publish_docs, or --branch."));
    }

    private static boolean isWanted(Generator generator, StepSession step) {
        if (generator.ifChanged().isEmpty() || changed(generator.ifChanged(), step)) {
            return true;
        }
        step.say(generator.ifChanged() + " did not change since the parent commit: not run: "
                + generator.run().strip().lines().findFirst().orElse(""));
        return false;
    }

    /** Where there is no parent to compare with, as in a shallow clone, everything counts as changed. */
    private static boolean changed(List<String> paths, StepSession step) {
        String[] words = new String[paths.size() + 5];
        List<String> first = List.of("diff", "--quiet", "HEAD^", "HEAD", "--");
        for (int i = 0; i < words.length; i++) {
            words[i] = i < first.size() ? first.get(i) : paths.get(i - first.size());
        }
        try {
            return !new Git(step.directory()).ask(words).isSuccess();
        } catch (IOException e) {
            throw new FlowException("git cannot be run: " + e.getMessage(), "", null, e);
        }
    }
}
