package io.deployflow.cli;

import io.deployflow.CancellationToken;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the signals that end a process cancel the deploy instead, so that it can put back what was live; the second one
 * ends the process. A shutdown hook could not tell a second signal.
 */
final class Interrupts {
    private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private Interrupts() {}

    /**
     * Takes the signals over.
     *
     * @param notice tells the person at the terminal
     */
    static void cancel(CancellationToken cancellation, Runnable notice) {
        AtomicBoolean again = new AtomicBoolean();
        Runnable action = () -> {
            if (again.getAndSet(true)) {
                Runtime.getRuntime().halt(ExitCode.CANCELLED.number());
            }
            notice.run();
            cancellation.cancel();
        };
        SIGNALS.forEach(signal -> handle(signal, action));
    }

    /** By reflection: javac warns of each direct use of {@code sun.misc.Signal}, and nothing silences that. */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // The JVM runs with -Xrs: signals are not its business.
            LOG.debug("signal {} is not taken over", name, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot take over signal " + name, e);
        }
    }
}
