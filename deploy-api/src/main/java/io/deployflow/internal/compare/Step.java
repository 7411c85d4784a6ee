package io.deployflow.internal.compare;

import io.deployflow.compare.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One run that is to be made.
 *
 * @param round which time all scenarios are gone through, from 0
 * @param scenario what is done
 * @param place the target's name
 * @param number which run that counts it is; 0 for a warm-up
 */
record Step(int round, Scenario scenario, String place, int number) {

    /**
     * All steps in order. Each target goes first in turn, so that none always finds the machine as another left it; a
     * first deploy is done once, for afterwards it is none.
     */
    static List<Step> all(List<String> places, List<Scenario> scenarios, int warmUps, int runs) {
        List<Step> steps = new ArrayList<>();
        for (int round = 0; round < warmUps + runs; round++) {
            for (int index = 0; index < scenarios.size(); index++) {
                Scenario scenario = scenarios.get(index);
                if (scenario == Scenario.FIRST && round > 0) {
                    continue;
                }
                int number = scenario == Scenario.FIRST ? 1 : Math.max(0, round - warmUps + 1);
                for (String place : rotated(places, round + index)) {
                    steps.add(new Step(round, scenario, place, number));
                }
            }
        }
        return steps;
    }

    /** Whether both are the same scenario in the same round: what is done to the source for one is done for both. */
    boolean sharesSourceWith(Step other) {
        return round == other.round && scenario == other.scenario;
    }

    private static List<String> rotated(List<String> places, int by) {
        List<String> rotated = new ArrayList<>(places);
        Collections.rotate(rotated, -by);
        return rotated;
    }
}
