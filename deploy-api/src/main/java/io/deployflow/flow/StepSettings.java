package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One step of a job: exactly one of {@code run}, {@code use} and the other things that a step can do.
 *
 * @param run a script for bash, which ends at the first command that fails
 * @param use the name of a shared step list, whose steps stand here instead
 * @param restoreCache a cache that is put back
 * @param saveCache files that later runs can have again
 * @param storeTestResults JUnit's XML: a file, or a directory with some
 * @param storeArtifacts a file or a directory that is kept with the run
 * @param publishDocs files of the repository that are made again and pushed
 * @param deploy a deploy of the commit
 * @param split shares the script's files out among several processes
 * @param name what people call it; by default its first line
 * @param environment variables on top of the job's
 * @param directory where it runs, below the job's
 * @param timeout how long it may take; empty for what is left of the job's time
 * @param when whether it runs after a failure
 * @param background whether the job goes on at once; it is ended with the job
 */
public record StepSettings(
        @Setting(value = "A script for bash; it ends at the first command that fails.", shorthand = true)
        Optional<String> run,

        @Setting("The name of a list in 'steps', whose steps stand here.")
        Optional<String> use,

        @Setting("A cache that is put back.") Optional<RestoreCacheSettings> restoreCache,

        @Setting("Files that later runs can have again.") Optional<SaveCacheSettings> saveCache,

        @Setting("JUnit's XML: a file, or a directory with some.")
        Optional<String> storeTestResults,

        @Setting("A file or a directory that is kept with the run.")
        Optional<String> storeArtifacts,

        @Setting("Files of the repository that are made again, committed and pushed.")
        Optional<PublishDocsSettings> publishDocs,

        @Setting("A deploy of the commit.") Optional<DeploySettings> deploy,

        @Setting("Shares the script's files, {{ files }}, out among several processes.")
        Optional<SplitSettings> split,

        @Setting("What people call it; default: its first line.")
        Optional<String> name,

        @Setting("Environment variables on top of the job's.")
        Map<String, String> environment,

        @Setting("Where it runs, below the job's directory.")
        Optional<String> directory,

        @Setting("How long it may take; default: what is left of the job's time.")
        Optional<Duration> timeout,

        @Setting(value = "Whether it runs after a step that failed.", defaultValue = "on_success")
        When when,

        @Setting(value = "The job goes on at once; the step is ended with the job.", defaultValue = "false")
        boolean background) {

    private static final int LONGEST_NAME = 60;
    private static final List<String> ACTIONS = List.of(
            "'run'",
            "'use'",
            "'restore_cache'",
            "'save_cache'",
            "'store_test_results'",
            "'store_artifacts'",
            "'publish_docs'",
            "'deploy'");

    /** Checks the parts. */
    public StepSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(when, "when");
        environment = Variables.checked(environment);
        List<String> actions =
                given(run, use, restoreCache, saveCache, storeTestResults, storeArtifacts, publishDocs, deploy);
        if (actions.size() != 1) {
            throw new InvalidSettingException(
                    "",
                    actions.isEmpty()
                            ? "says nothing to do: it needs one of " + String.join(", ", ACTIONS)
                            : "says more than one thing to do: " + String.join(", ", actions));
        }
        timeout.ifPresent(time -> Variables.longerThanZero("timeout", time));
        if (use.isPresent()) {
            refuseBesideUse("name", name.isPresent());
            refuseBesideUse("environment", !environment.isEmpty());
            refuseBesideUse("directory", directory.isPresent());
            refuseBesideUse("timeout", timeout.isPresent());
            refuseBesideUse("when", when != When.ON_SUCCESS);
        }
        if (background && (run.isEmpty() || split.isPresent())) {
            throw new InvalidSettingException("background", "is for steps that 'run' something, unsplit");
        }
        if (split.isPresent() && run.isEmpty()) {
            throw new InvalidSettingException("split", "is for steps that 'run' something");
        }
    }

    /** What people call it. */
    public String title() {
        return title(UnaryOperator.identity());
    }

    /**
     * What people call it, with something hidden: before it is cut short, so that no half of that is left.
     *
     * @param hiding gives a text without what is to be hidden
     */
    public String title(UnaryOperator<String> hiding) {
        return name.map(hiding)
                .or(() -> run.map(hiding).map(StepSettings::firstLine))
                .or(() -> ofAction().map(hiding))
                .orElse("step");
    }

    private Optional<String> ofAction() {
        return use.map(list -> "use " + list)
                .or(() -> restoreCache.map(cache -> "restore cache " + cache.key()))
                .or(() -> saveCache.map(cache -> "save cache " + cache.key()))
                .or(() -> storeTestResults.map(path -> "store test results " + path))
                .or(() -> storeArtifacts.map(path -> "store artifacts " + path))
                .or(() -> publishDocs.map(docs -> "publish " + String.join(", ", docs.paths())))
                .or(() -> deploy.map(there -> "deploy to " + String.join(", ", there.targets())));
    }

    /** Whether it changes what others see, so that nothing but its own failure may end it. */
    public boolean changesTheWorld() {
        return deploy.isPresent() || publishDocs.isPresent();
    }

    /** The steps of the list stand in this one's place, so that it would be dropped without a word. */
    private static void refuseBesideUse(String key, boolean isGiven) {
        if (isGiven) {
            throw new InvalidSettingException(key, "cannot stand beside 'use': give it to the steps of the list");
        }
    }

    private static List<String> given(Optional<?>... actions) {
        return IntStream.range(0, actions.length)
                .filter(index -> actions[index].isPresent())
                .mapToObj(ACTIONS::get)
                .toList();
    }

    private static String firstLine(String script) {
        String line = script.strip().lines().findFirst().orElse("").replaceFirst("\\s*\\\\$", "");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 3) + "...";
    }
}
