package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionTest {
    @TempDir
    Path directory;

    @BeforeEach
    void forget() {
        TeamListener.HEARD.clear();
    }

    @Test
    void deploy_whenAListenerIsFoundByTheServiceLoader_tellsItEachEventOnce() {
        CliRun.piped().run("deploy", "staging", "--file", DeployYml.in(directory));

        assertThat(TeamListener.HEARD)
                .filteredOn(heard -> heard.startsWith("service"))
                .hasSize(17);
    }

    @Test
    void deploy_whenAModuleBindsAListener_tellsItEachEventOnce() {
        CliRun.piped().run("deploy", "staging", "--file", DeployYml.in(directory));

        assertThat(TeamListener.HEARD)
                .filteredOn(heard -> heard.startsWith("module"))
                .hasSize(17);
    }

    @Test
    void deploy_whenAModuleBindsAnAdapter_deploysWithIt() {
        CliRun cli = CliRun.piped();

        assertThat(cli.run("deploy", "team", "--file", DeployYml.in(directory))).isZero();
        assertThat(cli.out()).contains("team serves 20260102030405");
    }

    @ParameterizedTest
    @CsvSource({
        "com.google.inject.Module, io.deployflow.cli.ExtensionTest$HalfAModule, no word for the room",
        "com.google.inject.Module, org.example.Gone, org.example.Gone",
        "io.deployflow.spi.DeployAdapter, org.example.Gone, org.example.Gone",
        "io.deployflow.event.DeployListener, org.example.Gone, org.example.Gone"
    })
    void deploy_whenAJarCannotBeWired_endsBeforeAnythingHappens(String service, String provider, String reason)
            throws IOException {
        CliRun cli = CliRun.piped();

        assertThat(withService(service, provider, () -> cli.run("deploy", "nothing", "-f", DeployYml.in(directory))))
                .isEqualTo(2);
        assertThat(cli.err())
                .startsWith("Failed: a jar on the class path cannot join: ")
                .contains(reason);
        assertThat(cli.out()).isEmpty();
        assertThat(DeployYml.journal(directory)).doesNotExist();
    }

    /** As if a jar were on the class path that names one more provider. */
    private int withService(String service, String provider, IntSupplier work) throws IOException {
        Path jar = directory.resolve("jar");
        Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(jar.resolve("META-INF/services").resolve(service), provider);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return work.getAsInt();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A module that cannot do without something that nobody set. */
    public static final class HalfAModule extends AbstractModule {
        @Override
        protected void configure() {
            addError("there is no word for the room");
        }
    }
}
