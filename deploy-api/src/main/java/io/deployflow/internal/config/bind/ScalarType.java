package io.deployflow.internal.config.bind;

import java.util.Optional;

/** A type of value that is written as one piece of text. */
public sealed interface ScalarType permits PlainType, EnumType {
    /** What may be written, in words that follow "must be". */
    String words();

    /** The value; empty if the text is not one of this type. */
    Optional<?> parse(String text);

    /** What may have been meant by a text that is not of this type; empty, or to be put behind a mistake. */
    String hint(String text);
}
