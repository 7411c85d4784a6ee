package io.deployflow.internal.config.bind;

import io.deployflow.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The scalar types that are the same for every adapter. */
public enum PlainType implements ScalarType {
    /** Text, as written. */
    TEXT("text"),
    /** A 32 bit number. */
    INT("a whole number"),
    /** A 64 bit number. */
    LONG("a whole number"),
    /** A switch. */
    BOOLEAN("true or false"),
    /** How long. */
    DURATION("a time such as 500ms, 30s, 5m or 1h"),
    /** An absolute URL. */
    URL("a URL such as https://host/path"),
    /** A path on the machine that deploys. */
    PATH("a path"),
    /** Text that is never shown. */
    SECRET("text");

    private static final Map<Class<?>, PlainType> BY_JAVA_TYPE = Map.ofEntries(
            Map.entry(String.class, TEXT),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(Duration.class, DURATION),
            Map.entry(URI.class, URL),
            Map.entry(Path.class, PATH),
            Map.entry(Secret.class, SECRET));

    private final String words;

    PlainType(String words) {
        this.words = words;
    }

    /** The type that a Java type is written as, if it is one of these. */
    public static Optional<PlainType> of(Class<?> javaType) {
        return Optional.ofNullable(BY_JAVA_TYPE.get(javaType));
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public Optional<?> parse(String text) {
        return switch (this) {
            case TEXT -> Optional.of(text);
            case INT -> ScalarParsers.parseInt(text);
            case LONG -> ScalarParsers.parseLong(text);
            case BOOLEAN -> ScalarParsers.parseBoolean(text);
            case DURATION -> ScalarParsers.parseDuration(text);
            case URL -> ScalarParsers.parseUrl(text);
            case PATH -> ScalarParsers.parsePath(text);
            case SECRET -> Optional.of(Secret.of(text));
        };
    }

    @Override
    public String hint(String text) {
        return "";
    }
}
