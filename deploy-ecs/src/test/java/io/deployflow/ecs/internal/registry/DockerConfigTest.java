package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
    @TempDir
    private Path folder;

    @Test
    void login_inTheFile_isFoundByItsHost() throws IOException {
        // bob:hunter2
        assertThat(login("{\"auths\":{\"host:5000\":{\"auth\":\"Ym9iOmh1bnRlcjI=\"}}}", "host:5000"))
                .hasValueSatisfying(login -> {
                    assertThat(login.user()).isEqualTo("bob");
                    assertThat(login.password().reveal()).isEqualTo("hunter2");
                    assertThat(login).asString().doesNotContain("hunter2");
                });
    }

    @Test
    void login_ofDockerHub_hasAKeyOfItsOwn() throws IOException {
        assertThat(login(
                        "{\"auths\":{\"https://index.docker.io/v1/\":{\"username\":\"bob\",\"password\":\"x\"}}}",
                        "docker.io"))
                .isPresent();
    }

    @Test
    void login_byAnIdentityToken_isOne() throws IOException {
        assertThat(login("{\"auths\":{\"host\":{\"auth\":\"PHRva2VuPjo=\",\"identitytoken\":\"abc\"}}}", "host"))
                .hasValueSatisfying(login -> assertThat(login.isIdentityToken()).isTrue());
    }

    @Test
    void login_thatNobodyKnows_isNone() throws IOException {
        for (String text :
                List.of("{}", "no json", "{\"auths\":{\"host\":{}}}", "{\"auths\":{\"host\":{\"auth\":\"%\"}}}")) {
            assertThat(login(text, "host")).isEmpty();
        }
        assertThat(new DockerConfig(folder.resolve("none")).login("host")).isEmpty();
    }

    @Test
    void challenge_ofATokenServer_isMetRatherThanAPassword() {
        Optional<Challenge> challenge = Challenge.of(List.of(
                "Basic realm=\"x\"",
                "Bearer realm=\"https://auth.example.com/token\",service=\"registry.example.com\""));

        assertThat(challenge.orElseThrow().tokenUrl(List.of("repository:a/b:pull,push", "repository:c:pull")))
                .hasToString("https://auth.example.com/token?service=registry.example.com"
                        + "&scope=repository%3Aa%2Fb%3Apull%2Cpush&scope=repository%3Ac%3Apull");
    }

    private Optional<Login> login(String text, String host) throws IOException {
        return new DockerConfig(Files.writeString(folder.resolve("config.json"), text)).login(host);
    }
}
