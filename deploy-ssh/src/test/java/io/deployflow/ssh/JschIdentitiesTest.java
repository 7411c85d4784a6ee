package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JschIdentitiesTest {
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path generate(String name, String passphrase) {
        Path key = folder.resolve(name);
        Story.run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key.toString());
        return key;
    }

    private Endpoint endpoint(Path... files) {
        Map<String, java.util.List<String>> said = Map.of(
                "identityfile",
                java.util.stream.Stream.of(files).map(Path::toString).toList());
        return Endpoint.of(HostAddress.parse("app1"), new SshOptions(said), folder, "alice");
    }

    private JschIdentities identities(Optional<Path> identity) {
        Passphrases person = new Passphrases(Optional.empty(), file -> {
            asked.incrementAndGet();
            return Optional.of(Secret.of("sesame"));
        });
        return new JschIdentities(identity, person, Map.of());
    }

    @Test
    void of_aKeyWithACertificateBesideIt_offersBoth() {
        Path key = generate("id", "");
        Path authority = generate("authority", "");
        Story.run("ssh-keygen", "-q", "-s", authority.toString(), "-I", "me", "-n", "alice", key + ".pub");

        assertThat(identities(Optional.of(key)).of(endpoint()).names())
                .containsExactly(key + " (ssh-ed25519-cert-v01@openssh.com)", key + " (ssh-ed25519)");
        assertThat(identities(Optional.empty()).of(endpoint(key)).names()).hasSize(2);
    }

    @Test
    void of_aKeyWithAPassphrase_asksForItOnceAndOnlyWhereItIsTheOnlyOne() {
        Path locked = generate("locked", "sesame");

        assertThat(identities(Optional.empty()).of(endpoint(locked)).size()).isEqualTo(1);
        assertThat(asked).hasValue(0);

        JschIdentities only = identities(Optional.of(locked));
        only.of(endpoint());
        only.of(endpoint());
        assertThat(asked).hasValue(1);
    }

    @Test
    void of_theOnlyKeyThatIsNotThere_saysSoForAllHosts() {
        assertThatThrownBy(() -> identities(Optional.of(folder.resolve("none"))).of(endpoint()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("identity " + folder.resolve("none") + " cannot be read");
    }

    @Test
    void of_aBastion_offersWhatSshConfigSaysToo() {
        Path key = generate("id", "");
        Path other = generate("other", "");

        assertThat(identities(Optional.of(key)).of(endpoint(other).asBastion()).names())
                .hasSize(2);
        assertThat(identities(Optional.of(key)).of(endpoint(other)).names()).hasSize(1);
    }
}
