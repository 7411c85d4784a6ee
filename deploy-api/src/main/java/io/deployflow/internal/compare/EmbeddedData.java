package io.deployflow.internal.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Packs data into a page: gzip, as every browser unpacks by itself, and Base64. */
final class EmbeddedData {
    private EmbeddedData() {}

    static String of(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Best gzip = new Best(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be packed", e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static final class Best extends GZIPOutputStream {
        Best(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
