package io.deployflow.ssh;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads that wait for what connections bring. Each connection has one for as long as it lasts, also while
 * nothing is done on its host: where Java has threads that cost next to nothing, it is one of those.
 */
final class ReaderThreads {
    // From here on a virtual thread lets go of its carrier also where it waits within a synchronized method, as JSch
    // does.
    private static final int JAVA_WITH_VIRTUAL_THREADS = 24;
    private static final long STACK = 1 << 18;

    private ReaderThreads() {}

    /** As cheap as this Java has them. */
    static ThreadFactory factory() {
        return Runtime.version().feature() >= JAVA_WITH_VIRTUAL_THREADS ? virtual() : ReaderThreads::small;
    }

    // Java 17, which this is compiled for, does not know them.
    private static ThreadFactory virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no virtual threads", e);
        }
    }

    private static Thread small(Runnable work) {
        return new Thread(null, work, "reader", STACK);
    }
}
