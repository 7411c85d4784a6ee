package io.deployflow.internal.compare;

/** A target cannot be given one unit more. */
final class CannotScaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotScaleException(String reason) {
        super(reason);
    }
}
