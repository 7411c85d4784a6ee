package io.deployflow.ssh;

import io.deployflow.sandbox.Sandbox;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One fleet for all classes that leave its hosts as they found them: started when the first of them needs it, and
 * removed when all tests have run.
 */
final class SharedHosts implements ParameterResolver {
    /** How many hosts there are. */
    static final int COUNT = 3;

    /** Starts the fleet, or gives the one that was started. */
    interface Fleet extends Supplier<Sandbox> {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fleet.class;
    }

    // The store of all tests closes what is in it after the last of them.
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store ofAllTests = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
        return (Fleet) () -> ofAllTests.getOrComputeIfAbsent(
                SharedHosts.class, key -> Sandbox.builder().sshHosts(COUNT).start(), Sandbox.class);
    }
}
