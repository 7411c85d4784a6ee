package io.deployflow.ecs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * A task definition as a flat list of fields, such as {@code containerDefinitions[app].environment[RAILS_ENV]}, so that
 * two of them can be compared whatever fields ECS has. Values that ECS fills in by itself are left out: with and
 * without them is the same.
 */
final class DefinitionFields {
    /** By these, the items of a list are known: the first that an item has. */
    private static final String NAME = "name";

    private static final List<String> KEYS = List.of(
            NAME,
            "key",
            "containerName",
            "containerPort",
            "containerPath",
            "sourceContainer",
            "hostname",
            "namespace",
            "deviceName",
            "type",
            "expression",
            "value");

    private static final Set<String> VALUES = Set.of("value", "valueFrom");
    private static final Map<String, String> FILLED_IN = Map.of(
            "essential", "true",
            "protocol", "tcp",
            "networkMode", "bridge",
            "healthCheck.interval", "30",
            "healthCheck.timeout", "5",
            "healthCheck.retries", "3",
            "healthCheck.startPeriod", "0",
            "efsVolumeConfiguration.rootDirectory", "/");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final boolean isAwsvpc;

    private DefinitionFields(RegisterTaskDefinitionRequest request) {
        isAwsvpc = request.networkMode() == NetworkMode.AWSVPC;
        object("", request);
    }

    /** The fields in the request's order. */
    static Map<String, String> of(RegisterTaskDefinitionRequest request) {
        return new DefinitionFields(request).fields;
    }

    private void object(String path, SdkPojo object) {
        object(path, object, Optional.empty());
    }

    /** Its fields, without the one that is in the path already. */
    private void object(String path, SdkPojo object, Optional<String> known) {
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            if (value != null && !known.equals(Optional.of(field.locationName()))) {
                value(path.isEmpty() ? field.locationName() : path + "." + field.locationName(), value, object);
            }
        }
    }

    private void value(String path, Object value, SdkPojo owner) {
        if (value instanceof SdkPojo object) {
            object(path, object);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> put(path + "[" + key + "]", String.valueOf(item)));
        } else if (value instanceof List<?> list) {
            list(path, list);
        } else if (!isFilledIn(path, String.valueOf(value), owner)) {
            put(path, String.valueOf(value));
        }
    }

    private void list(String path, List<?> list) {
        if (list.isEmpty()) {
            return;
        }
        if (!list.stream().allMatch(SdkPojo.class::isInstance)) {
            put(path, words(list));
            return;
        }
        List<SdkPojo> items = list.stream().map(SdkPojo.class::cast).toList();
        Optional<String> key = key(items);
        for (int i = 0; i < items.size(); i++) {
            SdkPojo item = items.get(i);
            int place = i;
            item(path + "[" + key.map(name -> label(items, place, name)).orElse("" + i) + "]", item, key);
        }
    }

    /** Of items of one name the second is {@code NAME#2}: the name tells whether the value may be shown. */
    private static String label(List<SdkPojo> items, int index, String key) {
        String own = text(items.get(index), key);
        long number = items.subList(0, index + 1).stream()
                .filter(item -> text(item, key).equals(own))
                .count();
        return number == 1 ? own : own + "#" + number;
    }

    /** A key and its value are one field; of anything else its being there is one, too. */
    private void item(String path, SdkPojo item, Optional<String> key) {
        List<String> others = item.sdkFields().stream()
                .filter(field -> field.getValueOrDefault(item) != null)
                .map(SdkField::locationName)
                .filter(name -> !key.equals(Optional.of(name)))
                .toList();
        if (others.size() == 1 && VALUES.contains(others.get(0))) {
            put(path, text(item, others.get(0)));
        } else {
            key.ifPresent(name -> put(path, text(item, name)));
            object(path, item, key);
        }
    }

    /** The first key that every item has, if no two have the same; a name may stand twice. */
    private static Optional<String> key(List<SdkPojo> items) {
        return KEYS.stream()
                .filter(key -> items.stream().allMatch(item -> find(item, key).isPresent()))
                .findFirst()
                .filter(key -> key.equals(NAME)
                        || items.stream()
                                        .map(item -> text(item, key))
                                        .distinct()
                                        .count()
                                == items.size());
    }

    private static Optional<Object> find(SdkPojo object, String name) {
        return object.sdkFields().stream()
                .filter(field -> field.locationName().equals(name))
                .map(field -> (Object) field.getValueOrDefault(object))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String text(SdkPojo object, String name) {
        return find(object, name).map(String::valueOf).orElse("");
    }

    private static String words(List<?> list) {
        return list.stream()
                .map(word -> "\"" + String.valueOf(word).replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private boolean isFilledIn(String path, String value, SdkPojo owner) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (name.equals("hostPort")) {
            return value.equals(isAwsvpc ? text(owner, "containerPort") : "0");
        }
        if (value.toLowerCase(Locale.ROOT).equals("false") && !name.equals("essential")) {
            return true;
        }
        boolean isNoCpu = name.equals("cpu") && value.equals("0");
        return isNoCpu
                || FILLED_IN.entrySet().stream()
                        .anyMatch(filled -> isAt(path, filled.getKey()) && value.equals(filled.getValue()));
    }

    private static boolean isAt(String path, String end) {
        return path.equals(end) || path.endsWith("." + end);
    }

    private void put(String path, String value) {
        fields.put(path, value);
    }
}
