package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @SuppressWarnings("NullAway.Init")
    private Path ssh;

    @BeforeEach
    void makeFolder() throws IOException {
        ssh = Files.createDirectories(home.resolve(".ssh"));
    }

    private SshConfigFile read(String text) throws IOException {
        Files.writeString(ssh.resolve("config"), text);
        return SshConfigReader.read(ssh.resolve("config"), home, ssh);
    }

    @Test
    void of_severalHostLines_givesTheFirstValueAndEveryIdentity() throws IOException {
        SshConfigFile config = read("""
                IdentityFile ~/.ssh/everywhere
                # Host app1
                Host app* !app9 "other host"
                  User=deploy
                  Port = 2222
                  IdentityFile "~/.ssh/with space"  # kept apart
                HOST *
                  User nobody
                  IdentityFile ~/.ssh/last
                """);

        SshOptions app1 = config.of("app1");
        assertThat(app1.one("user")).contains("deploy");
        assertThat(app1.one("port")).contains("2222");
        assertThat(app1.all("identityfile")).containsExactly("~/.ssh/everywhere", "~/.ssh/with space", "~/.ssh/last");
        assertThat(config.of("app9").one("user")).contains("nobody");
        assertThat(config.of("app9").one("port")).isEmpty();
        assertThat(config.needsSsh()).isFalse();
    }

    @Test
    void of_includedFiles_holdsWithinTheHostTheyStandUnder() throws IOException {
        Files.createDirectories(ssh.resolve("conf.d"));
        Files.writeString(ssh.resolve("conf.d/1.conf"), "Port 1\nHost app2\n  User two\n");
        Files.writeString(ssh.resolve("conf.d/2.conf"), "HostKeyAlias alias\n");
        Files.writeString(ssh.resolve("conf.d/3.other"), "Port 3\n");

        SshConfigFile config =
                read("Host app*\n  Include conf.d/*.conf absent\n  ConnectTimeout 1m\nHost db\n  Port 7\n");

        assertThat(config.of("app1").one("port")).contains("1");
        assertThat(config.of("app1").one("user")).isEmpty();
        assertThat(config.of("app1").one("hostkeyalias")).contains("alias");
        assertThat(config.of("app2").one("user")).contains("two");
        assertThat(config.of("app2").time("connecttimeout").orElseThrow()).hasMinutes(1);
        assertThat(config.of("db").values()).containsOnlyKeys("port");
    }

    @Test
    void of_whatComesFirst_countsBeforeTheMachinesFile() throws IOException {
        SshConfigFile own = read("Host app1\n  Port 1\n");
        SshConfigFile all = own.then(read("Port 2\nUser deploy\n"));

        assertThat(all.of("app1").one("port")).contains("1");
        assertThat(all.of("app1").one("user")).contains("deploy");
    }

    @Test
    void of_aProxyCommand_isItsWholeText() throws IOException {
        SshConfigFile config = read("Host a\n ProxyCommand nc -X \"5\" %h %p\nHost b\n ProxyCommand=none\n");

        assertThat(config.of("a").one("proxycommand")).contains("nc -X \"5\" %h %p");
        assertThat(config.of("b").one("proxycommand")).isEmpty();
    }

    @Test
    void of_anIncludeOfItself_ends() throws IOException {
        assertThat(read("Include config\nPort 1\n").needsSsh()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Match exec true", "Match host app1", "CanonicalizeHostname yes", "Include */config"})
    void needsSsh_whereOnlySshCanTell(String line) throws IOException {
        assertThat(read(line + "\n  Port 1\n").needsSsh()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Match all", "CanonicalizeHostname no", "Include absent/*", "ForwardAgent yes"})
    void needsSsh_whereTheFileSaysItAll_isNot(String line) throws IOException {
        assertThat(read(line + "\n").needsSsh()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "app*, app1, true",
        "app?, app12, false",
        "*, '', true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXc, false",
        "app1, app1, true",
        "app1, app, false",
        "**1, app1, true"
    })
    void matches_asSshDoes(String pattern, String name, boolean expected) {
        assertThat(Glob.matches(pattern, name)).isEqualTo(expected);
    }
}
