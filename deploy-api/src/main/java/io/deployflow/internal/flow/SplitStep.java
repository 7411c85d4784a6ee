package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.flow.SplitSettings;
import io.deployflow.flow.SplitSettings.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * Runs a script several times at once, each time for a share of some files.
 *
 * @param script for bash, in which {@code {{ files }}} stands for a share
 * @param settings which files, and how many shares
 */
record SplitStep(String script, SplitSettings settings) implements StepAction {
    private static final String FILES = "\\{\\{\\s*files\\s*}}";

    @Override
    public void run(StepSession step) {
        List<String> files = new Globs(step.directory()).find(settings.glob());
        if (files.isEmpty()) {
            throw new FlowException(
                    "no file matches '" + settings.glob() + "'", "Correct the glob: it is below the step's directory.");
        }
        List<List<String>> shares = shares(files, step);
        List<ShellProcess> processes = new ArrayList<>();
        for (int index = 0; index < shares.size(); index++) {
            if (!shares.get(index).isEmpty()) {
                processes.add(start(shares.get(index), index, step));
            }
        }
        List<Integer> statuses = processes.stream()
                .map(process -> process.await(step.cancellation()))
                .toList();
        ShellStep.mustSucceed(
                statuses.stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    private List<List<String>> shares(List<String> files, StepSession step) {
        return settings.by() == By.NAME
                ? Shares.byName(files, settings.over())
                : Shares.byTime(files, Timings.of(step.job().run()).read(), settings.over());
    }

    private ShellProcess start(List<String> share, int index, StepSession step) {
        String words = share.stream().map(SplitStep::quoted).collect(Collectors.joining(" "));
        Map<String, String> variables = Map.of(
                "DEPLOYFLOW_SPLIT_INDEX", String.valueOf(index),
                "DEPLOYFLOW_SPLIT_TOTAL", String.valueOf(settings.over()));
        String filled = script.replaceAll(FILES, Matcher.quoteReplacement(words));
        String mark = settings.over() == 1 ? "" : "[" + (index + 1) + "] ";
        return ShellStep.start(filled, step, variables, step.output(mark));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
