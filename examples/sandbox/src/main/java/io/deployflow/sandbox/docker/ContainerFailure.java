package io.deployflow.sandbox.docker;

/** A container that will not run; its message is what ECS shows: the error's name and the engine's own words. */
final class ContainerFailure extends Exception {
    ContainerFailure(String error, Throwable cause) {
        super(error + ": " + EngineErrors.message(cause), cause);
    }
}
