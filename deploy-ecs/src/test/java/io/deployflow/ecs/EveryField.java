package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * A task definition of ten containers with a value in every field that the SDK knows, however deep: found by the SDK's
 * own description of its types, so that none can be forgotten. Texts are the path of their field, which is no value of
 * any enumeration: what a later ECS knows and this SDK does not is as good.
 */
final class EveryField {
    static final int CONTAINERS = 10;
    static final String DEPLOYED = "app";
    private static final int SEVERAL = 2;

    private final TreeSet<String> paths = new TreeSet<>();
    private final String changed;

    private EveryField(String changed) {
        this.changed = changed;
    }

    /** The request that registers it. */
    static RegisterTaskDefinitionRequest request() {
        return new EveryField("").make();
    }

    /** The same with another value in one field of those that {@link #paths} names. */
    static RegisterTaskDefinitionRequest changedAt(String path) {
        return new EveryField(path).make();
    }

    /** Every field, such as {@code containerDefinitions[].healthCheck.interval}. */
    static List<String> paths() {
        EveryField all = new EveryField("");
        all.make();
        return List.copyOf(all.paths);
    }

    private RegisterTaskDefinitionRequest make() {
        RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
        fill(builder, "", "");
        List<ContainerDefinition> containers = new ArrayList<>();
        for (int number = 0; number < CONTAINERS; number++) {
            ContainerDefinition.Builder container = ContainerDefinition.builder();
            fill(container, "containerDefinitions[].", "");
            containers.add(container
                    .name(number == 7 ? DEPLOYED : "c" + number)
                    .essential(number == 0 || changed.equals("containerDefinitions[].essential"))
                    .build());
        }
        return builder.family("puma").containerDefinitions(containers).build();
    }

    /**
     * Fills in every field.
     *
     * @param prefix the path that the fields' own names go on
     * @param item what tells the items of a list apart
     */
    private void fill(SdkPojo pojo, String prefix, String item) {
        for (SdkField<?> field : pojo.sdkFields()) {
            field.set(pojo, value(field, prefix + field.locationName(), item));
        }
    }

    private Object value(SdkField<?> field, String path, String item) {
        if (field.marshallingType() == MarshallingType.LIST) {
            SdkField<?> each = field.getTrait(ListTrait.class).memberFieldInfo();
            return IntStream.range(0, SEVERAL)
                    .mapToObj(number -> value(each, path + "[]", item + number))
                    .toList();
        }
        if (field.marshallingType() == MarshallingType.MAP) {
            SdkField<?> each = field.getTrait(MapTrait.class).valueFieldInfo();
            return IntStream.range(0, SEVERAL)
                    .boxed()
                    .collect(Collectors.toMap(
                            number -> "key" + number, number -> value(each, path + "[]", item + number)));
        }
        if (field.marshallingType() == MarshallingType.SDK_POJO) {
            SdkPojo builder = Objects.requireNonNull(field.constructor()).get();
            fill(builder, path + ".", item);
            return ((Buildable) builder).build();
        }
        paths.add(path);
        return leaf(field, path + item, path.equals(changed));
    }

    private static Object leaf(SdkField<?> field, String name, boolean other) {
        if (field.marshallingType() == MarshallingType.STRING) {
            return other ? name + " changed" : name;
        }
        if (field.marshallingType() == MarshallingType.INTEGER) {
            return other ? 4 : 3;
        }
        if (field.marshallingType() == MarshallingType.BOOLEAN) {
            return !other;
        }
        throw new IllegalStateException(
                "a value for a " + field.marshallingType() + " in " + name + " is to be chosen");
    }
}
