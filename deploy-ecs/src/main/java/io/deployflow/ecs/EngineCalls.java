package io.deployflow.ecs;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import io.deployflow.CancellationToken;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Runs what the Docker engine answers with a stream, to its end or until it is cancelled. */
final class EngineCalls {
    private EngineCalls() {}

    /**
     * Runs a command.
     *
     * @param what the work, for messages
     * @param listener is given what the engine streams
     * @param start sends the command
     * @param failure makes the failure where the engine refuses it or the connection breaks
     */
    static <I, L extends ResultCallback.Adapter<I>> void run(
            String what, L listener, Consumer<L> start, DeployContext context, AwsErrors.Refusal failure) {
        run(what, listener, start, context.cancellation(), failure);
    }

    /** The same where nothing is deployed. */
    static <I, L extends ResultCallback.Adapter<I>> void run(
            String what, L listener, Consumer<L> start, CancellationToken cancellation, AwsErrors.Refusal failure) {
        try (CancellationToken.Registration registration = cancellation.onCancel(() -> close(listener))) {
            start.accept(listener);
            listener.awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure.because(what + " was interrupted", "", null, e);
        } catch (DockerException e) {
            cancellation.throwIfCancelled();
            throw failure.because(what + " was refused by the Docker engine: " + e.getMessage(), "", null, e);
        } catch (RuntimeException e) {
            cancellation.throwIfCancelled();
            throw failure.because(
                    what + " broke off: " + e.getMessage(), "Is the Docker engine still running?", null, e);
        }
        cancellation.throwIfCancelled();
    }

    private static void close(ResultCallback<?> listener) {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the engine's answer could not be closed", e);
        }
    }
}
