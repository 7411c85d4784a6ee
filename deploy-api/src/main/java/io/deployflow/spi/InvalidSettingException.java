package io.deployflow.spi;

import java.util.Objects;

/**
 * A value in a settings record is wrong. Thrown by the record's constructor; the reader of {@code deploy.yml} adds
 * where it stands.
 */
public class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * Names the value.
     *
     * @param key the key in snake_case as it stands in the record's own section; empty for the section as a whole
     * @param problem what is wrong and what would be right, such as {@code must be at least 2}
     */
    public InvalidSettingException(String key, String problem) {
        super(problem);
        this.key = Objects.requireNonNull(key, "key");
    }

    /** The key in snake_case. */
    public String key() {
        return key;
    }
}
