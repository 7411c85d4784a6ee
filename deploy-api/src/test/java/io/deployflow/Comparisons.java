package io.deployflow;

import io.deployflow.compare.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of fake targets that an application is deployed to. */
abstract class Comparisons {
    final FakeAdapter adapter = new FakeAdapter();

    @TempDir
    Path source;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(source.resolve("app.rb"), "run");
    }

    final Comparison.Builder builder(Target... targets) {
        Comparison.Builder builder = Comparison.builder()
                .application(new Application("shop", source))
                .adapter(adapter);
        List.of(targets).forEach(builder::target);
        return builder.targets(Stream.of(targets).map(Target::name).toArray(String[]::new));
    }

    final Comparison.Builder builder() {
        return builder(target("a"), target("b"));
    }

    static Target target(String name) {
        return Target.of(name, "fake", new FakeAdapter.Settings(name));
    }
}
