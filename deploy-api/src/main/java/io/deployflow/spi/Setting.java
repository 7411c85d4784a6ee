package io.deployflow.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a settings record: a key of {@code deploy.yml}, which is the component's name in
 * snake_case.
 *
 * <p>A component is a {@link String}, {@code int}, {@code long}, {@code boolean}, enum (lower case in the file),
 * {@link java.time.Duration} ({@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}), {@link java.net.URI},
 * {@link java.nio.file.Path} ({@code ~/} is the home directory; kept relative otherwise), {@link io.deployflow.Secret},
 * another record, or a {@link java.util.List} of those, a {@link java.util.Map} from String to those, or an
 * {@link java.util.Optional} of any of those. A key that is missing gives its default, else an empty list, map or
 * Optional, else the component must be {@link #required()}.
 *
 * <p>A record's constructor checks its values and throws {@link InvalidSettingException}; the reader adds file, line
 * and column.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What it is, in one sentence; shown by editors. */
    String value();

    /** The key, where no component can be called so, as it is a word of Java's; empty for the component's name. */
    String name() default "";

    /** Whether the key must be given. */
    boolean required() default false;

    /** The value, as it would be written in the file, where the key is missing; empty for none. */
    String defaultValue() default "";

    /**
     * Whether this key alone may be written in place of its record's map: {@code app1} for {@code { host: app1 }}. At
     * most one component of a record; every other must have a default.
     */
    boolean shorthand() default false;
}
