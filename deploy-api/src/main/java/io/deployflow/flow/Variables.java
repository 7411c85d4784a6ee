package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What several sections check alike. */
final class Variables {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private Variables() {}

    /** A copy in the same order, of which each name is one that a shell can say. */
    static Map<String, String> checked(Map<String, String> environment) {
        environment.keySet().forEach(name -> check("environment", name));
        return ordered(environment);
    }

    static void check(String key, String name) {
        if (!name.matches(NAME)) {
            throw new InvalidSettingException(key, "has '" + name + "', which does not name a variable");
        }
    }

    static void longerThanZero(String key, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidSettingException(key, "must be longer than 0");
        }
    }

    static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
