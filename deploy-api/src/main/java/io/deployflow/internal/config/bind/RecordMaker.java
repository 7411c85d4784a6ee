package io.deployflow.internal.config.bind;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Calls the constructors of settings records. */
final class RecordMaker {
    private RecordMaker() {}

    /**
     * Makes a record.
     *
     * @param values one for each component
     * @throws IllegalArgumentException what the constructor throws if a value is wrong
     * @throws IllegalStateException if the constructor fails for any other reason
     */
    static Record make(Class<? extends Record> type, List<Object> values) {
        try {
            return constructor(type).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrongValue) {
                throw wrongValue;
            }
            throw new IllegalStateException(type.getName() + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private static Constructor<? extends Record> constructor(Class<? extends Record> type)
            throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }
}
