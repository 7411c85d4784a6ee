package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final byte[] KEY = key("one");
    private static final byte[] OTHER = key("two");
    private static final Endpoint APP =
            Endpoint.of(HostAddress.parse("app1:2222"), SshOptions.NONE, Path.of("/home/alice"), "alice");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("known_hosts");
    }

    private static byte[] key(String rest) {
        return ("\0\0\0\13ssh-ed25519" + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] key) {
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(key);
    }

    private KnownHosts read(String... lines) throws IOException {
        Files.write(file, List.of(lines));
        return KnownHosts.read(List.of(folder.resolve("absent"), file));
    }

    @Test
    void trusts_byNamePatternOrPort_onlyThatKey() throws IOException {
        KnownHosts known = read(
                "# comment",
                "",
                "App1,10.0.0.7 " + text(KEY) + " comment",
                "*.example.com,!bad.example.com " + text(KEY),
                "[app2]:2222 " + text(KEY));

        assertThat(known.trusts("app1", KEY)).isTrue();
        assertThat(known.trusts("10.0.0.7", KEY)).isTrue();
        assertThat(known.trusts("app1", OTHER)).isFalse();
        assertThat(known.trusts("www.example.com", KEY)).isTrue();
        assertThat(known.trusts("bad.example.com", KEY)).isFalse();
        assertThat(known.trusts("[app2]:2222", KEY)).isTrue();
        assertThat(known.trusts("app2", KEY)).isFalse();
        assertThat(known.of("app1")).extracting(KnownHost::place).containsExactly(file + ":3");
    }

    @Test
    void trusts_aHashedName() throws IOException {
        // By ssh-keygen -H of "app1".
        KnownHosts known = read("|1|0EqPuZQI+S0eCp4wE+0Par+CI2U=|a3dfJC7D8pv3ZRPaVhJnsldsn6E= " + text(KEY));

        assertThat(known.trusts("app1", KEY)).isTrue();
        assertThat(known.trusts("app2", KEY)).isFalse();
    }

    @Test
    void trusts_whatIsMarked_never() throws IOException {
        KnownHosts known = read("@cert-authority * " + text(KEY), "@revoked * " + text(OTHER));

        assertThat(known.trusts("app1", KEY)).isFalse();
        assertThat(known.revoking("app1", OTHER)).map(KnownHost::line).contains(2);
        assertThat(known.revoking("app1", KEY)).isEmpty();
    }

    @Test
    void unknownKey_saysTheFingerprintAndTheLineThatTrustsIt() throws IOException {
        KnownHosts known = read("");

        assertThat(ConnectFailures.unknownKey(APP, new HostKeyShown(KEY), known))
                .hasMessageMatching("app1:2222: its ssh-ed25519 host key SHA256:[\\w/+]{43} is not in " + file)
                .extracting("remedy")
                .asString()
                .endsWith("trust it: echo '[app1]:2222 " + text(KEY) + "' >> '" + folder.resolve("absent") + "'");
    }

    @Test
    void changedKey_saysWhereTheOldOneStandsAndHowToForgetIt() throws IOException {
        KnownHosts known = read("app2 " + text(KEY), "[app1]:2222 " + text(OTHER));

        assertThat(ConnectFailures.changedKey(APP, new HostKeyShown(KEY), known))
                .hasMessageContaining("app1:2222: its ssh-ed25519 host key is now SHA256:")
                .hasMessageContaining("which is not the one in " + file + ":2:")
                .extracting("remedy")
                .asString()
                .contains("ssh-keygen -R '[app1]:2222' -f '" + file + "' && echo '[app1]:2222 ");
    }

    @Test
    void unknownKey_whereTheFilesNameIsOddAndItEndsWithinALine_saysWhatWorksAllTheSame() throws Exception {
        Path odd = Files.writeString(folder.resolve("it's known $(hosts)"), "app2 " + text(OTHER));
        String remedy = ConnectFailures.unknownKey(APP, new HostKeyShown(KEY), KnownHosts.read(List.of(odd)))
                .remedy();

        String command = remedy.substring(remedy.indexOf("trust it: ") + "trust it: ".length());
        assertThat(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor())
                .isZero();

        assertThat(Files.readAllLines(odd)).containsExactly("app2 " + text(OTHER), "[app1]:2222 " + text(KEY));
    }

    @Test
    void changedKey_thatIsRevoked_saysWhere() throws IOException {
        KnownHosts known = read("[app1]:2222 " + text(KEY), "@revoked * " + text(KEY));
        JschKnownHosts asked = new JschKnownHosts(known, APP);

        assertThat(asked.check("app1", KEY)).isEqualTo(JschKnownHosts.CHANGED);
        assertThat(ConnectFailures.changedKey(APP, asked.shown(), known))
                .hasMessageEndingWith("is revoked in " + file + ":2");
    }

    @Test
    void check_onAnotherPort_takesTheNameAloneToo() throws IOException {
        JschKnownHosts asked = new JschKnownHosts(read("app1 " + text(KEY)), APP);

        assertThat(asked.check("app1", KEY)).isEqualTo(JschKnownHosts.OK);
        assertThat(asked.check("app1", OTHER)).isEqualTo(JschKnownHosts.CHANGED);
    }

    @Test
    void check_ofAHostThatIsNotThere_isNotIncluded() throws IOException {
        JschKnownHosts asked = new JschKnownHosts(read("app2 " + text(KEY)), APP);

        assertThat(asked.check("app1", KEY)).isEqualTo(JschKnownHosts.NOT_INCLUDED);
    }
}
