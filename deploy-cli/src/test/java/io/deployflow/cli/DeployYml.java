package io.deployflow.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a deploy file with one target for each fault, named like it: {@code build}, {@code push}. */
final class DeployYml {
    private DeployYml() {}

    /** Its journal is the file {@code journal} beside it. */
    static String in(Path directory) {
        String targets = Arrays.stream(FakeSettings.Fault.values())
                .map(fault -> fault.name().toLowerCase(Locale.ROOT))
                .map(fault ->
                        "  " + fault + ": { type: fake, fails: " + fault + ", journal: " + journal(directory) + " }\n")
                .collect(Collectors.joining());
        return write(
                directory,
                "application: shop\ntargets:\n  staging: { type: fake }\n  team: { type: team }\n" + targets);
    }

    static Path journal(Path directory) {
        return directory.resolve("journal");
    }

    static String write(Path directory, String text) {
        try {
            return Files.writeString(directory.resolve("deploy.yml"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
