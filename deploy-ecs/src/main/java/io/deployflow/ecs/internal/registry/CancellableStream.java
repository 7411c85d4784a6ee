package io.deployflow.ecs.internal.registry;

import io.deployflow.CancellationToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A stream that ends with a {@link io.deployflow.DeployCancelledException} when the deploy is cancelled, however much
 * of it is left.
 */
public final class CancellableStream extends FilterInputStream {
    private final CancellationToken cancellation;
    private final CancellationToken.Registration registration;

    private CancellableStream(
            InputStream in, CancellationToken cancellation, CancellationToken.Registration registration) {
        super(in);
        this.cancellation = cancellation;
        this.registration = registration;
    }

    /** Of something that answers at once, such as a file: looks at the token whenever it is read. */
    public static InputStream of(InputStream in, CancellationToken cancellation) {
        return new CancellableStream(in, cancellation, () -> {});
    }

    /** Of something that may say nothing for long, such as a connection: cancelling closes it. */
    public static InputStream ofConnection(InputStream in, CancellationToken cancellation) {
        return new CancellableStream(in, cancellation, cancellation.onCancel(() -> breakOff(in)));
    }

    private static void breakOff(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection cannot be closed", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        cancellation.throwIfCancelled();
        try {
            int count = in.read(buffer, offset, length);
            if (count < 0) {
                cancellation.throwIfCancelled();
            }
            return count;
        } catch (IOException e) {
            cancellation.throwIfCancelled();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        registration.close();
        super.close();
    }
}
