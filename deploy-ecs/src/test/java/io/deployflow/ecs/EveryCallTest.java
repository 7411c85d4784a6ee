package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.ecs.CallStage.Effects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can befall a call, at every call that the tool makes by a client of the AWS SDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCallTest {
    private static final int LASTING = 100_000;

    /** A call that this machine holds up is made again as well, and must not be made too often for that. */
    private static final AwsClients.Manners IMPATIENT = QuickClients.manners(Duration.ofMillis(100), 20);

    private static final Pattern READING = Pattern.compile(".*:(Describe|List|Get|Filter|Simulate).*");

    @TempDir
    private static Path folder;

    private Optional<Standing> standing = Optional.empty();

    /** Where a scene is played, once for all that befalls it. */
    private record Standing(CallScene scene, CallStage stage) {}

    /** What befalls a call once or twice: less often than it is tried. */
    private enum Passing {
        THROTTLED_AND_UNANSWERED,
        FAILED_AND_RESET,
        SLOW;

        List<String> kinds() {
            return switch (this) {
                case THROTTLED_AND_UNANSWERED -> List.of("throttle", "drop_answer");
                case FAILED_AND_RESET -> List.of("error", "drop");
                case SLOW -> List.of("delay_answer");
            };
        }
    }

    /** What befalls a call whenever it is made. */
    private enum Lasting {
        DENIED("denied"),
        EXPIRED("expired"),
        FAILING("error"),
        NEVER_ANSWERED("drop_answer");

        private final String kind;

        Lasting(String kind) {
            this.kind = kind;
        }
    }

    private static Stream<Arguments> cases(List<? extends Enum<?>> troubles, Predicate<Case> wanted) {
        return CallScene.ALL.stream()
                .flatMap(scene ->
                        scene.calls().flatMap(call -> troubles.stream().map(trouble -> new Case(scene, call, trouble))))
                .filter(wanted)
                .map(one -> Arguments.of(one.scene(), one.call(), one.trouble()));
    }

    /** One trouble of a call in a scene. */
    private record Case(CallScene scene, String call, Enum<?> trouble) {
        boolean onlyReads() {
            return READING.matcher(call).matches();
        }

        boolean isInFirstScene() {
            return scene.equals(CallScene.ALL.get(0));
        }

        /** Asking again is the same wherever a call is made. */
        boolean isFirstOfItsCall() {
            return CallScene.ALL.stream()
                    .filter(other -> other.calls().anyMatch(call::equals))
                    .findFirst()
                    .equals(Optional.of(scene));
        }
    }

    /** What only reads is asked again in one way, whatever befalls it: all of that is tried in the first scene. */
    static Stream<Arguments> passing() {
        return cases(
                List.of(Passing.values()),
                one -> one.isFirstOfItsCall()
                        && (one.trouble() == Passing.FAILED_AND_RESET || !one.onlyReads() || one.isInFirstScene()));
    }

    /**
     * A refusal is judged by what is done; what else lasts is told alike wherever a call is made, and of what only
     * reads in one way: all of that is tried in the first scene.
     */
    static Stream<Arguments> lasting() {
        return cases(
                List.of(Lasting.values()),
                one -> one.trouble() == Lasting.DENIED
                        || (one.isFirstOfItsCall()
                                && (!one.onlyReads()
                                        || (one.isInFirstScene() && one.trouble() != Lasting.NEVER_ANSWERED))));
    }

    /** The stage of a scene, with all done that comes before it. */
    private CallStage stage(CallScene scene) throws IOException {
        if (standing.filter(open -> open.scene().equals(scene)).isEmpty()) {
            stop();
            CallStage fresh = new CallStage(Files.createTempDirectory(folder, "stage"));
            standing = Optional.of(new Standing(scene, fresh));
            scene.first().accept(fresh);
        }
        CallStage stage = standing.orElseThrow().stage();
        stage.ask(QuickClients.MANNERS);
        scene.prepare(stage);
        return stage;
    }

    @AfterAll
    void stop() {
        standing.map(Standing::stage).ifPresent(CallStage::close);
        standing = Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPasses_isRiddenOutAndNothingIsDoneTwice(CallScene scene, String call, Passing trouble) throws IOException {
        CallStage stage = stage(scene);
        Effects before = stage.effects();
        Set<String> served = stage.serving();
        for (String kind : trouble.kinds()) {
            stage.fault(operation(call), kind, 1);
        }
        stage.ask(trouble == Passing.SLOW ? IMPATIENT : QuickClients.MANNERS);

        CallVerdict verdict = scene.act(stage);

        assertThat(stage.noFaults()).as("not struck: %s", verdict).isZero();
        assertThat(verdict.said()).isEmpty();
        assertThat(verdict.isDone()).isTrue();
        stage.settle();
        assertThat(stage.effects().since(before)).isEqualTo(scene.effects());
        assertServes(scene, stage, served);
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatLasts_isNamedWithARemedyAndNeverCalledASuccess(CallScene scene, String call, Lasting trouble)
            throws IOException {
        CallStage stage = stage(scene);
        Effects before = stage.effects();
        Set<String> served = stage.serving();
        stage.fault(operation(call), trouble.kind, LASTING);

        CallVerdict verdict = scene.act(stage);

        assertThat(stage.noFaults()).as("not struck: %s", verdict).isLessThan(LASTING);
        if (trouble == Lasting.DENIED) {
            assertThat(verdict.isDone()).as(verdict.said()).isEqualTo(!scene.isNeeded(call));
        }
        if (!verdict.isDone()) {
            assertThat(verdict.said()).contains(call);
            assertThat(verdict.remedy()).isNotBlank();
        }
        stage.settle();
        Effects since = stage.effects().since(before);
        assertThat(since.registered()).isLessThanOrEqualTo(scene.effects().registered());
        assertThat(since.tasksRun()).isLessThanOrEqualTo(scene.effects().tasksRun());
        if (verdict.isDone()) {
            assertServes(scene, stage, served);
        } else if (!verdict.isUnsure()) {
            assertThat(stage.serving()).isEqualTo(served);
        }
    }

    /** Only what was asked for serves: a new release, or the one before. */
    private static void assertServes(CallScene scene, CallStage stage, Set<String> served) {
        assertThat(stage.serving()).hasSize(1);
        if (scene.changesWhatServes()) {
            assertThat(stage.serving()).isNotEqualTo(served);
        } else {
            assertThat(stage.serving()).isEqualTo(served);
        }
    }

    @Test
    void scenes_makeEveryCallThatThereIs() {
        Set<String> tried = CallScene.ALL.stream()
                .flatMap(CallScene::calls)
                .filter(call -> !call.equals(AwsCall.FREE))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tried)
                .as("what befalls a call is tried at each that AwsCall.ALL names")
                .containsExactlyInAnyOrderElementsOf(AwsCall.ALL.stream()
                        .filter(call -> call.origin() == AwsCall.Origin.CLIENT)
                        .map(AwsCall::action)
                        .toList());
    }

    private static String operation(String call) {
        return call.substring(call.indexOf(':') + 1);
    }
}
