package io.deployflow.benchmark.layers;

import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.TimedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The least that brings a changed file to a registry as an image, a floor: one layer of the one file that is known to
 * have changed, upon nothing, by {@code tar}, {@code gzip}, {@code sha256sum} and {@code curl}. Nothing is looked up,
 * checked or asked again, and nobody could run what it makes.
 *
 * @param bench where
 * @param source what is built
 */
record CurlTool(Bench bench, Path source) implements ImageTool {
    static final String NAME = "floor: tar, gzip and curl";

    private static final String SCRIPT = """
            set -e
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            send() {
                place=$(curl -sf -H "$LOGIN" -X POST -D - -o "$work/answer" "$API/blobs/uploads/" | tr -d '\\r' |
                    sed -n 's/^[Ll]ocation: //p')
                curl -sf -H "$LOGIN" -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$1" \\
                    -o "$work/answer" "$place&digest=$2"
            }
            digest() { echo "sha256:$(sha256sum < "$1" | cut -d ' ' -f 1)"; }
            tar -c -f "$work/layer.tar" "$FILE"
            gzip -n -k "$work/layer.tar"
            layer=$(digest "$work/layer.tar.gz")
            printf '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}' \\
                "$(digest "$work/layer.tar")" > "$work/config"
            config=$(digest "$work/config")
            send "$work/layer.tar.gz" "$layer"
            send "$work/config" "$config"
            manifest=application/vnd.oci.image.manifest.v1+json
            printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":%d},"layers":[' \\
                $manifest application/vnd.oci.image.config.v1+json "$config" "$(wc -c < "$work/config")" > "$work/manifest"
            printf '{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}]}' \\
                "$layer" "$(wc -c < "$work/layer.tar.gz")" >> "$work/manifest"
            curl -sf -H "$LOGIN" -X PUT -H "Content-Type: $manifest" --data-binary "@$work/manifest" \\
                -o "$work/answer" "$API/manifests/latest"
            """;

    @Override
    public String title() {
        return NAME;
    }

    @Override
    public boolean takesPart(Scenario scenario) {
        return TimedCommand.run(List.of("sh", "-c", "command -v curl"), Map.of())
                        .status()
                == 0;
    }

    @Override
    public void forget() {
        // It remembers nothing.
    }

    @Override
    public Timed buildAndPush(Scenario scenario) {
        return TimedCommand.run(
                List.of("sh", "-c", "cd \"$0\"\n" + SCRIPT, source.toString()),
                Map.of(
                        "FILE",
                        scenario.file(),
                        "API",
                        "http://" + bench.registry() + "/v2/bench/floor",
                        "LOGIN",
                        "Authorization: Basic " + bench.login()));
    }
}
