package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Release;
import io.deployflow.ecs.OldReleases.Registered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is taken out of use. Other tools have taken out what was live. */
class OldReleasesTest {
    private static final String SERVICE = "arn:aws:ecs:r:1:service/app/puma";
    private static final List<Release.State> STATES = List.of(Release.State.values());

    private static String arn(int number) {
        return "arn:aws:ecs:r:1:task-definition/puma:" + number;
    }

    private static Registered own(int number, Release.State state) {
        return registered(number, state, "shop", Optional.of(SERVICE));
    }

    private static Registered registered(
            int number, Release.State state, String application, Optional<String> service) {
        ReleaseTags tags = new ReleaseTags(
                application, "r" + number, "alice", Instant.EPOCH, state, Optional.empty(), service, Companions.NONE);
        return Registered.of(arn(number), tags.toTags());
    }

    private static List<Registered> good(int newest) {
        return IntStream.iterate(newest, number -> number > 0, number -> number - 1)
                .mapToObj(number -> own(number, Release.State.GOOD))
                .toList();
    }

    private static List<String> excess(List<Registered> family, Set<String> used, int live, int keep) {
        return OldReleases.excess(family, "shop", SERVICE, used, Optional.of(arn(live)), keep).stream()
                .map(Registered::arn)
                .toList();
    }

    @Test
    void excess_ofAnOrdinaryHistory_isWhatIsOlderThanTheKeptNumber() {
        assertThat(excess(good(8), Set.of(), 8, 5)).containsExactly(arn(3), arn(2), arn(1));
        assertThat(excess(good(5), Set.of(), 5, 5)).isEmpty();
    }

    @Test
    void excess_afterARollback_leavesWhatIsLiveAndWhatTheNextRollbackGoesTo() {
        assertThat(excess(good(9), Set.of(), 4, 2)).containsExactlyInAnyOrder(arn(7), arn(6), arn(5), arn(2), arn(1));
    }

    @Test
    void excess_whenTheNewestHaveFailed_leavesTheGoodOnesThatARollbackNeeds() {
        List<Registered> family = new ArrayList<>();
        IntStream.of(9, 8, 7, 6).forEach(number -> family.add(own(number, Release.State.FAILED)));
        IntStream.of(5, 4, 3).forEach(number -> family.add(own(number, Release.State.GOOD)));

        assertThat(excess(family, Set.of(), 5, 2)).containsExactly(arn(7), arn(6), arn(3));
    }

    @Test
    void excess_neverHasWhatAnyServiceUses() {
        assertThat(excess(good(8), Set.of(arn(2), arn(1)), 8, 5)).containsExactly(arn(3));
    }

    @Test
    void excess_neverHasWhatWasNotRegisteredForThisService() {
        List<Registered> family = new ArrayList<>(good(8));
        family.add(registered(0, Release.State.GOOD, "shop", Optional.of(SERVICE + "-staging")));
        family.add(registered(-1, Release.State.GOOD, "blog", Optional.of(SERVICE)));
        family.add(registered(-2, Release.State.GOOD, "shop", Optional.empty()));
        family.add(Registered.of(arn(-3), List.of()));
        family.add(Registered.of(arn(-4), List.of(ReleaseTags.state(Release.State.GOOD))));

        assertThat(excess(family, Set.of(), 8, 5)).containsExactly(arn(3), arn(2), arn(1));
    }

    @Test
    void excess_whileNothingIsKnownToServe_isNothing() {
        assertThat(OldReleases.excess(good(9), "shop", SERVICE, Set.of(), Optional.empty(), 2))
                .isEmpty();
    }

    @Test
    void excess_ofAnyHistory_leavesWhatIsNeededAndKeepsTheNumber() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            int newest = 1 + random.nextInt(14);
            List<Registered> family = new ArrayList<>();
            for (int number = newest; number > 0; number--) {
                Release.State state = STATES.get(random.nextInt(STATES.size()));
                boolean isOwn = random.nextInt(4) > 0;
                family.add(isOwn ? own(number, state) : Registered.of(arn(number), List.of(ReleaseTags.state(state))));
            }
            int live = 1 + random.nextInt(newest);
            int keep = 2 + random.nextInt(5);
            Set<String> used = new HashSet<>();
            IntStream.range(0, random.nextInt(3)).forEach(i -> used.add(arn(1 + random.nextInt(newest))));

            List<String> excess = excess(family, used, live, keep);

            assertThat(excess).doesNotContain(arn(live)).noneMatch(used::contains);
            assertThat(excess).allMatch(arn -> isOwn(family, arn));
            rollbackGoal(family, live).ifPresent(goal -> assertThat(excess).doesNotContain(goal));
            List<String> own = family.stream()
                    .map(Registered::arn)
                    .filter(arn -> isOwn(family, arn))
                    .toList();
            assertThat(excess).noneMatch(own.subList(0, Math.min(keep, own.size()))::contains);
            assertThat(own.size() - excess.size()).isLessThanOrEqualTo(keep + used.size() + 2);
        }
    }

    @Test
    void companions_ofWhatGoes_goUnlessOneThatStaysNamesThem() {
        Registered one = with(1, "puma-worker:1");
        Registered two = with(2, "puma-worker:2");
        Registered three = with(3, "puma-worker:2");
        Registered four = with(4, Companions.SAME);

        assertThat(OldReleases.companions(List.of(four, three, two, one), List.of(two, one), Set.of()))
                .containsExactly("arn:aws:ecs:r:1:task-definition/puma-worker:1");
        assertThat(OldReleases.companions(List.of(four, one), List.of(four, one), Set.of()))
                .containsExactly("arn:aws:ecs:r:1:task-definition/puma-worker:1");
        assertThat(OldReleases.companions(
                        List.of(four, one), List.of(one), Set.of("arn:aws:ecs:r:1:task-definition/puma-worker:1")))
                .isEmpty();
    }

    private static Registered with(int number, String worker) {
        return Registered.of(
                arn(number),
                new ReleaseTags(
                                "shop",
                                "r" + number,
                                "alice",
                                Instant.EPOCH,
                                Release.State.GOOD,
                                Optional.empty(),
                                Optional.of(SERVICE),
                                new Companions(Map.of("worker", worker)))
                        .toTags());
    }

    private static boolean isOwn(List<Registered> family, String arn) {
        return family.stream()
                .anyMatch(one -> one.arn().equals(arn) && one.tags().isPresent());
    }

    /** As the engine chooses it: the newest good one that is older than the live one. */
    private static Optional<String> rollbackGoal(List<Registered> family, int live) {
        return family.stream()
                .filter(one -> Integer.parseInt(one.arn().substring(one.arn().lastIndexOf(':') + 1)) < live)
                .filter(Registered::isGood)
                .map(Registered::arn)
                .findFirst();
    }
}
