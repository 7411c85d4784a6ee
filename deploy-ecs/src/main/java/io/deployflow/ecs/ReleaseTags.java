package io.deployflow.ecs;

import io.deployflow.Release;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * What is kept at the target about a release: tags of its task definition.
 *
 * @param application the application's name
 * @param revision the source's full revision id
 * @param by who registered it
 * @param at when, to the second
 * @param state {@code staged}, {@code good} or {@code failed}
 * @param base ARN of the task definition that it is a copy of, if that was recorded
 * @param service ARN of the leading service that it was registered for, if that was recorded
 * @param companions what the other services of the release run; recorded with the leading service's task definition
 */
record ReleaseTags(
        String application,
        String revision,
        String by,
        Instant at,
        Release.State state,
        Optional<String> base,
        Optional<String> service,
        Companions companions) {
    static final String PREFIX = "deployflow:";
    private static final String APPLICATION = PREFIX + "application";
    private static final String REVISION = PREFIX + "revision";
    private static final String BY = PREFIX + "by";
    private static final String AT = PREFIX + "at";
    private static final String STATE = PREFIX + "state";
    private static final String BASE = PREFIX + "base";
    private static final String SERVICE = PREFIX + "service";
    private static final String RELEASE = PREFIX + "release";
    static final int LONGEST = 256;
    /** Every key above. */
    private static final int ALWAYS = 8;

    /** What the tags of a task definition say; empty if deployflow did not register it. */
    static Optional<ReleaseTags> read(List<Tag> tags) {
        Map<String, String> values = tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (one, two) -> one));
        return Optional.ofNullable(values.get(REVISION))
                .map(revision -> new ReleaseTags(
                        values.getOrDefault(APPLICATION, "unknown"),
                        revision,
                        values.getOrDefault(BY, "unknown"),
                        Instant.parse(values.getOrDefault(AT, Instant.EPOCH.toString())),
                        stateOf(tags).orElse(Release.State.STAGED),
                        Optional.ofNullable(values.get(BASE)),
                        Optional.ofNullable(values.get(SERVICE)),
                        Companions.read(tags)));
    }

    /** The state that the tags record; also for a task definition that deployflow did not register. */
    static Optional<Release.State> stateOf(List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.key().equals(STATE))
                .map(tag -> Release.State.valueOf(tag.value().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The one tag that changes during a release's life. */
    static Tag state(Release.State state) {
        return tag(STATE, state.name().toLowerCase(Locale.ROOT));
    }

    /** The release's own id, which is known only once it is registered: tasks that take tags over show it. */
    static Tag release(EcsRelease release) {
        return tag(RELEASE, release.id());
    }

    /** The same of a copy of a task definition, with what the other services of the release run. */
    ReleaseTags of(String copied, Companions others) {
        return new ReleaseTags(application, revision, by, at, state, Optional.of(copied), service, others);
    }

    /** All of them. */
    List<Tag> toTags() {
        Stream<Tag> always = Stream.of(
                tag(APPLICATION, application),
                tag(REVISION, revision),
                tag(BY, by),
                tag(AT, at.toString()),
                state(state));
        return Stream.of(
                        always,
                        base.map(arn -> tag(BASE, arn)).stream(),
                        service.map(arn -> tag(SERVICE, arn)).stream(),
                        companions.toTags().stream())
                .flatMap(tags -> tags)
                .toList();
    }

    /**
     * How many tags a release has at most.
     *
     * @param services how many are deployed together: what the others run is named in tags, a few services in each
     */
    static int most(int services) {
        return ALWAYS + (services + Companions.IN_A_TAG - 2) / Companions.IN_A_TAG;
    }

    /** AWS allows letters, digits, spaces and a few signs in a value. */
    static Tag tag(String key, String value) {
        String allowed = value.replaceAll("[^\\p{L}\\p{N}\\p{Z}_.:/=+\\-@]", "_");
        return Tag.builder()
                .key(key)
                .value(allowed.substring(0, Math.min(LONGEST, allowed.length())))
                .build();
    }
}
