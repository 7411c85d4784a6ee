package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of profile that people have in {@code ~/.aws/config}. */
class AwsProfilesTest {
    private static final String FILE_KEY = "aws.configFile";

    @BeforeEach
    void writeProfiles(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("config"), """
                [profile signed-in]
                sso_session = corp
                sso_account_id = 111111111111
                sso_role_name = Deploy
                [sso-session corp]
                sso_start_url = https://corp.example.com/start
                sso_region = eu-west-1
                [profile by-command]
                credential_process = false
                """);
        System.setProperty(FILE_KEY, file.toString());
    }

    @AfterEach
    void forgetProfiles() {
        System.clearProperty(FILE_KEY);
    }

    @Test
    void call_whenNobodyHasSignedIn_saysThatTheTokenIsMissing() {
        assertThatThrownBy(() -> call("signed-in"))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("ecs:DescribeClusters")
                .hasMessageContaining("oken")
                .hasMessageNotContaining("class path");
    }

    @Test
    void call_whenTheProfilesCommandFails_saysThatThereAreNoCredentials() {
        assertThatThrownBy(() -> call("by-command"))
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("no AWS credentials are there for ecs:DescribeClusters");
    }

    private static void call(String profile) {
        EcsSettings settings = SettingsText.of("endpoint: http://127.0.0.1:9", "profile: " + profile);
        try (AwsClients clients = new AwsClients(settings, List.of())) {
            new EcsGateway(clients, settings).cluster();
        }
    }
}
