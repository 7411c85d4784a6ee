package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Progress;
import io.deployflow.sandbox.simulated.SimulatedClock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed after some steps, and started again with the same command. */
class ResumeTest {
    private static final Duration EACH = Duration.ofSeconds(2);
    private static final int AFTER = 7;

    @TempDir
    private Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
    private final List<String> measured = new ArrayList<>();

    /** Each step takes two seconds, until the process is killed in the middle of one. */
    private final class Killed implements ManyUnits.Tries {
        private int left;

        Killed(int left) {
            this.left = left;
        }

        @Override
        public Trial deploy(Case one, int run) {
            take("whole " + one.step(run));
            return new Trial(true, EACH, one.units(), one.units());
        }

        @Override
        public boolean repeat(Case one, int run) {
            take("again " + one.step(run));
            return true;
        }

        private void take(String what) {
            clock.move(EACH);
            if (left-- == 0) {
                throw new IllegalStateException("killed");
            }
            measured.add(what);
        }

        @Override
        public void close() {}
    }

    private Study study(Size size) {
        return Study.begin(
                folder,
                folder,
                Figures.resume(folder.resolve("figures.csv"), "a test"),
                new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), clock),
                size,
                clock);
    }

    private static Size size(boolean quick, int minutes) {
        Size size = quick ? Size.QUICK : Size.FULL;
        return new Size(quick, 2, 3, List.of(1, 10), size.percents(), size.mostForCapistrano(), minutes);
    }

    private void run(Study study, int steps) throws Exception {
        new ManyUnits(study, opened -> new Killed(steps)).run();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_afterAKill_measuresTheRestAndNothingTwice(boolean quick) throws Exception {
        Size size = size(quick, 600);
        run(study(size), Integer.MAX_VALUE);
        List<String> atOnce = List.copyOf(measured);
        measured.clear();
        Figures.resume(folder.resolve("figures.csv"), "a test").forget();

        assertThatThrownBy(() -> run(study(size), AFTER)).hasMessage("killed");
        assertThat(measured).hasSize(AFTER);
        run(study(size), Integer.MAX_VALUE);

        assertThat(measured).doesNotHaveDuplicates().containsExactlyElementsOf(atOnce);
        new ManyUnits(study(size), opened -> {
                    throw new IllegalStateException("everything is measured");
                })
                .run();
    }

    @Test
    void plan_afterAKill_isOfTheRest() {
        Size size = size(false, 600);
        Study first = study(size);
        new ManyUnits(first).plan();
        Duration all = first.progress().left();
        String most = first.progress().toString();

        assertThatThrownBy(() -> run(first, AFTER)).hasMessage("killed");
        Study second = study(size);
        new ManyUnits(second).plan();

        assertThat(second.progress().left()).isLessThan(all);
        assertThat(steps(second.progress())).isEqualTo(steps(most) - AFTER);
    }

    private static int steps(Object progress) {
        return Integer.parseInt(progress.toString().replaceAll(" steps.*", ""));
    }

    /** Of each experiment: what has its figures is not planned again. */
    @Test
    void plan_ofEveryExperiment_leavesOutWhatIsMeasured() {
        Supplier<Bed> none = () -> {
            throw new IllegalStateException("a plan starts nothing");
        };
        Duration each = Duration.ofSeconds(1);
        assertFewer(study -> new Roads(study, none), Roads.PART, Roads.step(Scenario.TYPO, Roads.HOSTS, 1), each);
        assertFewer(study -> new OneMore(study, none), OneMore.PART, OneMore.step(OneMore.TASK, 1), each);
        assertFewer(study -> new NewRuby(study, none), NewRuby.PART, NewRuby.step(Roads.HOSTS, NewRuby.THERE), each);
    }

    private void assertFewer(Function<Study, Experiment> experiment, String part, String step, Duration each) {
        Study before = study(Size.FULL);
        experiment.apply(before).plan();
        before.figures().add(part, step, Map.of("seconds", 1.0));
        Study after = study(Size.FULL);
        experiment.apply(after).plan();

        assertThat(before.progress().left().minus(after.progress().left())).isGreaterThanOrEqualTo(each);
    }

    /** The run that writes the page may not have started the tool: another one did, and was killed. */
    @Test
    void tools_areKnownAfterAKill_eachOnce() {
        Study first = study(size(true, 5));
        first.uses("Capistrano 3.17.2");
        first.uses("Capistrano 3.17.2");

        assertThat(Study.tools(study(size(true, 5)).figures())).containsExactly("Capistrano 3.17.2");
    }

    /** Else a run that is killed again and again would never end. */
    @Test
    void minutes_countOverAllAttempts() throws Exception {
        Size size = size(false, 2);
        assertThatThrownBy(() -> run(study(size), AFTER)).hasMessage("killed");
        // For a night nothing runs: that counts for nothing.
        clock.move(Duration.ofHours(9));

        Study second = study(size);

        assertThat(second.took()).isEqualTo(EACH.multipliedBy(AFTER));
        run(second, Integer.MAX_VALUE);
        assertThat(Duration.between(second.begun(), clock.instant())).isLessThanOrEqualTo(Duration.ofMinutes(2));
        int atMost = (int) (Duration.ofMinutes(2).toSeconds() / EACH.toSeconds());
        assertThat(measured).hasSizeBetween(AFTER + 1, atMost);
    }
}
