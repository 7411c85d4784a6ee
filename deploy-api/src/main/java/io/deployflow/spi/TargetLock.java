package io.deployflow.spi;

/** The right to change a target; given back by closing it. */
@FunctionalInterface
public interface TargetLock extends AutoCloseable {
    @Override
    void close();
}
