package io.deployflow.internal.config.bind;

import io.deployflow.spi.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Derives shapes from settings records. A record that breaks the rules of {@link Setting} is its author's mistake. */
public final class Shapes {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Shapes() {}

    /**
     * The shape of a settings record.
     *
     * @throws IllegalArgumentException if a component has a type that the file cannot hold, or has neither a default
     *     nor is required
     */
    public static Shape.Section of(Class<? extends Record> type) {
        return new Shape.Section(
                type, Arrays.stream(type.getRecordComponents()).map(Shapes::key).toList());
    }

    /** The names of a settings record's keys: {@link Shape.Section#names()} without a look at what is below. */
    public static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> name(component, component.getAnnotation(Setting.class)))
                .toList();
    }

    private static Key key(RecordComponent component) {
        Type type = component.getGenericType();
        Optional<Type> optionalOf = argument(type, Optional.class, 0);
        Shape shape = shape(optionalOf.orElse(type), component);
        @Nullable Setting setting = component.getAnnotation(Setting.class);
        boolean required = setting != null && setting.required();
        Optional<String> defaultValue = defaultValue(setting);
        boolean mayBeMissing =
                optionalOf.isPresent() || shape instanceof Shape.Listing || shape instanceof Shape.Mapping;
        if (!required && !mayBeMissing && defaultValue.isEmpty()) {
            throw new IllegalArgumentException(named(component) + " is neither required nor has a default");
        }
        return new Key(
                name(component, setting),
                shape,
                optionalOf.isPresent(),
                required,
                defaultValue,
                setting != null && setting.shorthand(),
                setting == null ? "" : setting.value());
    }

    private static String name(RecordComponent component, @Nullable Setting setting) {
        return setting == null || setting.name().isEmpty() ? snakeCase(component.getName()) : setting.name();
    }

    private static Optional<String> defaultValue(@Nullable Setting setting) {
        return Optional.ofNullable(setting).map(Setting::defaultValue).filter(text -> !text.isEmpty());
    }

    private static Shape shape(Type type, RecordComponent component) {
        Optional<Type> element = argument(type, List.class, 0);
        if (element.isPresent()) {
            return new Shape.Listing(shape(element.get(), component));
        }
        Optional<Type> value = argument(type, Map.class, 1);
        if (value.isPresent()) {
            return new Shape.Mapping(shape(value.get(), component));
        }
        if (type instanceof Class<?> plain) {
            return classShape(plain, component);
        }
        throw unknown(type, component);
    }

    private static Shape classShape(Class<?> type, RecordComponent component) {
        if (type.isRecord()) {
            return of(type.asSubclass(Record.class));
        }
        if (type.isEnum()) {
            @SuppressWarnings("unchecked") // isEnum
            Class<? extends Enum<?>> enumType = (Class<? extends Enum<?>>) type;
            return new Shape.Scalar(new EnumType(enumType));
        }
        return new Shape.Scalar(PlainType.of(type).orElseThrow(() -> unknown(type, component)));
    }

    private static Optional<Type> argument(Type type, Class<?> raw, int index) {
        return type instanceof ParameterizedType generic && generic.getRawType() == raw
                ? Optional.of(generic.getActualTypeArguments()[index])
                : Optional.empty();
    }

    private static IllegalArgumentException unknown(Type type, RecordComponent component) {
        return new IllegalArgumentException(
                named(component) + " has a type that deploy.yml cannot hold: " + type.getTypeName());
    }

    private static String named(RecordComponent component) {
        return component.getDeclaringRecord().getName() + "." + component.getName();
    }

    private static String snakeCase(String camelCase) {
        return HUMP.matcher(camelCase).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
