package io.deployflow.internal.config.bind;

import java.util.Optional;

/**
 * A key of a section: one component of a settings record.
 *
 * @param name in snake_case
 * @param shape what its value may be
 * @param optional whether the component is an {@link Optional} of that
 * @param required whether it must be given
 * @param defaultValue its value where it is missing, as it would be written
 * @param shorthand whether its value alone may stand in place of the section
 * @param description one sentence; empty if there is none
 */
public record Key(
        String name,
        Shape shape,
        boolean optional,
        boolean required,
        Optional<String> defaultValue,
        boolean shorthand,
        String description) {}
