package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The person's and the machine's ssh_config. Read once; ssh itself is only asked ({@code ssh -G}, one process a host)
 * where the files say what it alone can decide.
 */
final class SshConfig {
    private static final Path SYSTEM = Path.of("/etc/ssh");

    private final Optional<Path> only;
    private final Path home;
    private @Nullable SshConfigFile read;

    /**
     * ssh_config of a person.
     *
     * @param only a file to read instead of the person's and the machine's, as with {@code ssh -F}
     * @param home the home directory
     */
    SshConfig(Optional<Path> only, Path home) {
        this.only = only;
        this.home = home;
    }

    /** The one of who runs this. */
    static SshConfig ofThisUser() {
        return new SshConfig(Optional.empty(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Resolves an address, without its bastions.
     *
     * @throws ConfigurationException if the file that was named is not there, if ssh does not accept its own
     *     configuration, or that asks for what is not supported
     */
    Endpoint resolve(HostAddress host, CancellationToken cancellation) {
        SshConfigFile file = file();
        SshOptions options =
                file.needsSsh() ? ask(host, cancellation).orElseGet(() -> file.of(host.name())) : file.of(host.name());
        try {
            return Endpoint.of(host, options, home, System.getProperty("user.name"));
        } catch (NumberFormatException e) {
            throw new ConfigurationException(
                    host.label() + ": ssh_config has a number that is none: " + e.getMessage(),
                    "See what this says: ssh -G " + host.name(),
                    host.label(),
                    e);
        }
    }

    private synchronized SshConfigFile file() {
        SshConfigFile file = read;
        if (file == null) {
            Path own = home.resolve(".ssh");
            only.ifPresent(SshConfig::requireThere);
            file = only.isPresent()
                    ? SshConfigReader.read(only.get(), home, own)
                    : SshConfigReader.read(own.resolve("config"), home, own)
                            .then(SshConfigReader.read(SYSTEM.resolve("ssh_config"), home, SYSTEM));
            read = file;
        }
        return file;
    }

    // As ssh -F: to connect without what stands in it may be to connect somewhere else.
    private static void requireThere(Path file) {
        if (!Files.exists(file)) {
            throw new ConfigurationException(
                    "ssh_config " + file + " is not there", "Correct 'ssh_config' in the deploy file.");
        }
    }

    /** What ssh says; empty where there is no ssh. */
    private Optional<SshOptions> ask(HostAddress host, CancellationToken cancellation) {
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        only.ifPresent(path -> words.addAll(List.of("-F", path.toString())));
        host.user().ifPresent(user -> words.addAll(List.of("-l", user)));
        host.port().ifPresent(port -> words.addAll(List.of("-p", String.valueOf(port))));
        words.add(host.name());
        List<String> lines = new ArrayList<>();
        try {
            int status = new LocalCommand(words, Path.of("."), Map.of()).run(lines::add, cancellation);
            if (status != 0) {
                throw new ConfigurationException(
                        "%s: ssh does not accept the host or its configuration: %s"
                                .formatted(host.label(), String.join("; ", lines)),
                        "See what this says: " + String.join(" ", words),
                        host.label(),
                        null);
            }
            return Optional.of(SshOptions.of(lines));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
