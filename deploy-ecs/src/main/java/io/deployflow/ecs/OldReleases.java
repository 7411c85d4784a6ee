package io.deployflow.ecs;

import io.deployflow.Release;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * Decides which task definitions are taken out of use: only ones that deployflow registered for this very service,
 * never what any service has or deploys, nor what a rollback would go to.
 */
final class OldReleases {
    private OldReleases() {}

    /**
     * A task definition that is in use.
     *
     * @param tags what deployflow has recorded; empty for one that it did not register
     * @param with what the release's other services run
     * @param isGood whether it has served, also for one that deployflow did not register
     */
    record Registered(String arn, Optional<ReleaseTags> tags, Companions with, boolean isGood) {
        /** By its tags. */
        static Registered of(String arn, List<Tag> tags) {
            return new Registered(
                    arn,
                    ReleaseTags.read(tags),
                    Companions.read(tags),
                    ReleaseTags.stateOf(tags).equals(Optional.of(Release.State.GOOD)));
        }

        /** ARNs of what the release's other services run. */
        List<String> companions() {
            return with.ids().keySet().stream()
                    .flatMap(service -> with.arn(service, arn).stream())
                    .toList();
        }

        boolean isOf(String application, String service) {
            return tags.filter(own -> own.application().equals(application)
                            && own.service().filter(service::equals).isPresent())
                    .isPresent();
        }
    }

    /**
     * What is too many, newest first.
     *
     * @param family the service's task definitions, newest first
     * @param application the application that is deployed
     * @param service ARN of the leading service
     * @param used ARNs of what any service has or deploys
     * @param live ARN of what serves, if that is known; without it nothing is removed
     * @param keep how many stay
     */
    static List<Registered> excess(
            List<Registered> family,
            String application,
            String service,
            Set<String> used,
            Optional<String> live,
            int keep) {
        if (live.isEmpty()) {
            return List.of();
        }
        List<Registered> own =
                family.stream().filter(one -> one.isOf(application, service)).toList();
        Set<String> kept = new HashSet<>(used);
        kept.add(live.get());
        own.stream().limit(keep).map(Registered::arn).forEach(kept::add);
        goBackTo(family, live.get()).ifPresent(kept::add);
        return own.stream().filter(one -> !kept.contains(one.arn())).toList();
    }

    /**
     * What goes with it of the other services: what a release that goes has named, unless one that stays names it too.
     *
     * @param family the leading service's task definitions
     * @param excess those of them that go
     * @param used ARNs of what any service has or deploys
     * @return ARNs
     */
    static List<String> companions(List<Registered> family, List<Registered> excess, Set<String> used) {
        Set<String> kept = new HashSet<>(used);
        family.stream().filter(one -> !excess.contains(one)).forEach(one -> kept.addAll(one.companions()));
        return excess.stream()
                .flatMap(one -> one.companions().stream().filter(arn -> !arn.equals(one.arn())))
                .filter(arn -> !kept.contains(arn))
                .distinct()
                .toList();
    }

    /** The newest good one before what serves, as a rollback chooses it. */
    private static Optional<String> goBackTo(List<Registered> family, String live) {
        return family.stream()
                .dropWhile(one -> !one.arn().equals(live))
                .skip(1)
                .filter(Registered::isGood)
                .map(Registered::arn)
                .findFirst();
    }
}
