package io.deployflow.internal.flow;

import io.deployflow.NotRestoredException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The deploys of a run after which a target serves neither what it should nor what it served before. That outweighs
 * every other reason for which a run failed, and that it was cancelled.
 */
final class Unrestored {
    private final List<NotRestoredException> deploys = new CopyOnWriteArrayList<>();

    void add(NotRestoredException deploy) {
        deploys.add(deploy);
    }

    /**
     * What a run's failure is for them; empty if there is none.
     *
     * @param reasons why jobs failed, line by line; they may tell of the same
     */
    Optional<NotRestoredException> failure(List<String> reasons, SecretMask mask) {
        if (deploys.isEmpty()) {
            return Optional.empty();
        }
        NotRestoredException first = deploys.get(0);
        StringBuilder what = new StringBuilder(String.join("\n", reasons));
        for (NotRestoredException deploy : deploys) {
            String line = mask.hide(String.valueOf(deploy.getMessage()));
            if (what.indexOf(line) < 0) {
                what.append(what.isEmpty() ? "" : "\n").append(line);
            }
        }
        return Optional.of(new NotRestoredException(
                what.toString(), mask.hide(first.remedy()), first.unit().orElse(null), first));
    }
}
