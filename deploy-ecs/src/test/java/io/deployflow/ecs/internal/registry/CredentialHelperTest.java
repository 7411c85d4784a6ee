package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that Docker's configuration names, in a directory of the test's. */
class CredentialHelperTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String LOGIN = "{\"Username\":\"bob\",\"Secret\":\"hunter2\"}";

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void prepare() throws IOException {
        config = Files.writeString(folder.resolve("config.json"), """
                {"credHelpers": {"host:5000": "own"}, "credsStore": "all",
                 "auths": {"host:5000": {"auth": "ZmlsZTp4"}, "other": {}}}
                """);
    }

    @Test
    void helper_ofARegistry_isAskedForIt() throws IOException {
        helper("own", "test \"$1 $(cat)\" = 'get host:5000' && echo '" + LOGIN + "'");

        assertThat(login("host:5000", LONG)).hasValueSatisfying(login -> {
            assertThat(login.user()).isEqualTo("bob");
            assertThat(login.password().reveal()).isEqualTo("hunter2");
        });
    }

    @Test
    void store_isAskedForEveryOtherRegistry() throws IOException {
        helper("all", "test \"$(cat)\" = other && echo '" + LOGIN + "'");

        assertThat(login("other", LONG)).map(Login::user).contains("bob");
    }

    @Test
    void helper_thatDoesNotReadTheQuestion_isHeardAllTheSame() throws IOException {
        helper("own", "exec <&-; echo '" + LOGIN + "'");

        assertThat(login("host:5000", LONG)).map(Login::user).contains("bob");
    }

    @Test
    void helper_thatKnowsNobody_orTalksNonsense_leavesWhatTheFileHas() throws IOException {
        helper("own", "echo 'credentials not found in native keychain'; exit 1");
        assertThat(login("host:5000", LONG)).map(Login::user).contains("file");

        helper("own", "echo 'no json'");
        assertThat(login("host:5000", LONG)).map(Login::user).contains("file");
    }

    @Test
    void helper_thatIsMissing_leavesWhatTheFileHas() {
        assertThat(login("host:5000", LONG)).map(Login::user).contains("file");
        assertThat(login("other", LONG)).isEmpty();
    }

    /** It would answer in the end: whoever waits for that has no bound. */
    @Test
    void helper_thatHangs_isEnded() throws IOException {
        helper("own", "sleep 20; echo '" + LOGIN + "'");

        assertThat(login("host:5000", Duration.ofMillis(300))).map(Login::user).contains("file");
    }

    private void helper(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Optional<Login> login(String host, Duration patience) {
        return new DockerConfig(config, "/nowhere:" + folder, patience).login(host);
    }
}
