package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Asks a host for the manifest of one of its releases: its bytes must come through as they are, whatever the names in
 * it, so they come packed and in letters.
 *
 * @param deployTo the directory on the hosts
 */
record BaseManifests(String deployTo) {
    private static final String BASE64 = "manifest-base64";

    /** Prints the manifest; the first of its lines tells in which letters. */
    String script(String id) {
        return """
                set -eu
                cd %s
                cd .deployflow/releases/%s
                if command -v base64 >/dev/null; then echo %s; gzip -c manifest | base64
                else echo manifest-hex; gzip -c manifest | od -A n -v -t x1
                fi
                """.formatted(Sh.quote(deployTo), id, BASE64);
    }

    /** The manifest of a release, if the host still has the one with this digest. */
    Optional<HostManifest> fetch(RemoteShell shell, BaseRelease base, CancellationToken cancellation) {
        CommandResult result = shell.run(script(base.id()), cancellation);
        return result.status() == 0
                ? read(result.output()).filter(base::isOf).map(HostManifest::parse)
                : Optional.empty();
    }

    /** Unpacks the script's output; empty where it is none. */
    static Optional<String> read(List<String> output) {
        int start = Math.max(output.indexOf(BASE64), output.indexOf("manifest-hex"));
        if (start < 0) {
            return Optional.empty();
        }
        String letters = output.subList(start + 1, output.size()).stream()
                .map(line -> line.replace(" ", ""))
                .collect(Collectors.joining());
        try (InputStream packed = new GZIPInputStream(new ByteArrayInputStream(
                output.get(start).equals(BASE64)
                        ? Base64.getDecoder().decode(letters)
                        : HexFormat.of().parseHex(letters)))) {
            return Optional.of(new String(packed.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
