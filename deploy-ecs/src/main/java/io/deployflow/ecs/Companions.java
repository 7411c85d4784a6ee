package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * What the other services of a release run: tags of the leading service's task definition, so that a rollback finds
 * what belonged together.
 *
 * @param ids family and number of a task definition by its service's name, or {@link #SAME}
 */
record Companions(Map<String, String> ids) {
    static final Companions NONE = new Companions(Map.of());

    /** In place of a task definition: the very one of the leading service. */
    static final String SAME = ".";

    /** So many fit into one tag, with names of a common length. */
    static final int IN_A_TAG = 4;

    private static final String KEY = ReleaseTags.PREFIX + "with";

    Companions {
        ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    }

    /** Those of what services run, the leading one first. */
    static Companions of(List<EcsRelease.Part> parts) {
        String leading = parts.get(0).arn();
        Map<String, String> ids = new LinkedHashMap<>();
        parts.stream()
                .skip(1)
                .forEach(part -> ids.put(part.service(), part.arn().equals(leading) ? SAME : part.id()));
        return new Companions(ids);
    }

    /** What the tags of a task definition say. */
    static Companions read(List<Tag> tags) {
        return new Companions(tags.stream()
                .filter(tag -> tag.key().equals(KEY) || tag.key().startsWith(KEY + "-"))
                .flatMap(tag -> Stream.of(tag.value().split(" ", -1)))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1], (one, two) -> one)));
    }

    /** {@code worker=shop-worker:9 cron=shop-cron:4}, in as many tags as it takes. */
    List<Tag> toTags() {
        List<StringBuilder> values = new ArrayList<>();
        pairs().forEach(pair -> {
            StringBuilder last = values.isEmpty() ? new StringBuilder() : values.get(values.size() - 1);
            if (values.isEmpty() || last.length() + 1 + pair.length() > ReleaseTags.LONGEST) {
                values.add(new StringBuilder(pair));
            } else {
                last.append(' ').append(pair);
            }
        });
        return IntStream.range(0, values.size())
                .mapToObj(index ->
                        ReleaseTags.tag(key(index + 1), values.get(index).toString()))
                .toList();
    }

    /** A pair that no tag can hold is left out: a release that lacks a part is told from one that has a wrong one. */
    private Stream<String> pairs() {
        return ids.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .filter(pair -> pair.length() <= ReleaseTags.LONGEST);
    }

    /** The ARN of a service's task definition: of the account and region of the leading service's. */
    Optional<String> arn(String service, String leading) {
        return Optional.ofNullable(ids.get(service))
                .map(id -> id.equals(SAME) ? leading : leading.substring(0, leading.lastIndexOf('/') + 1) + id);
    }

    private static String key(int number) {
        return number == 1 ? KEY : KEY + "-" + number;
    }
}
