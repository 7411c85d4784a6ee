package io.deployflow.internal.config.yaml;

/** Text that is not YAML, or that uses a part of YAML that is not read here; nothing after it can be trusted. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Mistake mistake;

    SyntaxException(Location location, String message) {
        super(message);
        this.mistake = new Mistake(location, message);
    }

    Mistake mistake() {
        return mistake;
    }
}
