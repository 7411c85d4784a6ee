package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every wrong input gets one clear sentence, its exit code, and changes nothing, here or there. */
class BadInputIT {
    private static final int CONFIGURATION = 2;
    private static final int BUILD = 3;
    private static final int UNREACHABLE = 8;

    private static Stage stage;
    private static List<String> hosts;
    private static List<String> cluster;

    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeAll
    static void deployOnce() {
        stage = Stage.ofBothRoads();
        stage.run("deploy", Stage.HOSTS).exits(0);
        hosts = stage.hosts().files();
        cluster = stage.cluster().state();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void makeFolder() {
        folder = stage.folder();
        file = folder.resolve("deploy.yml");
    }

    @Test
    void deploy_withoutDeployFile_saysWhereItLooked() {
        CliRun run = refused(CONFIGURATION, "deploy", "hosts");

        assertThat(run.failure()).isEqualTo("there is no file " + file);
        assertThat(run.remedy()).contains("--file", "application:", "targets:");
    }

    @Test
    void deploy_withBrokenYaml_saysWhereItBreaks() {
        write("application: shop\ntargets: [a, b\n");

        CliRun run = refused(CONFIGURATION, "deploy", "hosts");

        assertThat(run.failure())
                .contains("deploy.yml:3:1: not YAML: expected ',' or ']'", "a flow sequence that begins at 2:10");
    }

    @Test
    void deploy_withUnknownKey_suggestsTheRightOne() {
        edit("keep_releases: 5", "keep_relases: 5");

        CliRun run = refused(CONFIGURATION, "deploy", "hosts");

        assertThat(run.failure())
                .contains(at("keep_relases") + "unknown key 'keep_relases'; did you mean 'keep_releases'?");
    }

    @Test
    void deploy_toUnknownTarget_namesThoseThereAre() {
        write(stage.deployFileText());

        CliRun run = refused(CONFIGURATION, "deploy", "hots");

        assertThat(run.failure()).isEqualTo("deploy.yml has no target 'hots'; did you mean 'hosts'?");
        assertThat(run.remedy()).contains("'containers'", "'hosts'");
    }

    @Test
    void deploy_withUnknownType_namesThoseThereAre() {
        edit("type: ssh", "type: shh");

        CliRun run = refused(CONFIGURATION, "deploy", "hosts");

        assertThat(run.failure()).contains(at("shh") + "unknown type 'shh'", "'ecs'", "did you mean 'ssh'?");
    }

    @Test
    void deploy_withMissingVariable_namesIt() {
        edit("deploy_to: /var/www/shop", "deploy_to: /var/www/${env:SHOP_THAT_IS_NOT_SET}");

        CliRun run = refused(CONFIGURATION, "deploy", "hosts");

        assertThat(run.failure()).contains(at("/var/www/$") + "environment variable 'SHOP_THAT_IS_NOT_SET' is not set");
    }

    @Test
    void deploy_withUnknownContainer_namesThoseThereAre() {
        edit("container: app", "container: web");

        CliRun run = refused(CONFIGURATION, "deploy", "containers");

        assertThat(run.failure()).matches("task definition puma:\\d+ has no container 'web'; it has: app");
        assertThat(run.remedy()).contains("'container'");
    }

    @Test
    void deploy_toHostWithUnknownKey_saysHowToTrustIt() throws IOException {
        Path trusted = Files.writeString(
                folder.resolve("known_hosts"), stage.knownHosts().get(0) + "\n");
        edit(stage.knownHostsFile().toString(), trusted.toString());

        CliRun run = refused(UNREACHABLE, "deploy", "hosts");

        String stranger = stage.hosts().label(1);
        assertThat(run.failure())
                .startsWith(stranger + ": its ssh-ed25519 host key SHA256:")
                .endsWith(" is not in " + trusted);
        assertThat(run.remedy()).contains("echo '", ">> '" + trusted + "'");
    }

    @Test
    void deploy_withWrongKey_saysWhoIsRefusedAndWhatWasOffered() throws IOException {
        Path wrong = Files.writeString(folder.resolve("id_wrong"), newPrivateKey());
        edit(stage.identity().toString(), wrong.toString());

        CliRun run = refused(UNREACHABLE, "deploy", "hosts");

        String refusal = ": refuses to log in user 'deploy' (offered " + wrong;
        assertThat(run.failure())
                .contains(
                        "2 of 2 hosts",
                        stage.hosts().label(0) + refusal,
                        stage.hosts().label(1) + refusal);
        assertThat(run.remedy()).contains("authorized_keys", "'identity'");
    }

    @Test
    void deploy_whenTheDockerfileFails_showsTheStepAndWhatItSaid() {
        Source source = Source.copyTo(folder.resolve("app"));
        source.put("docker/app/Dockerfile", "FROM debian:bookworm-slim\nRUN echo 'no such gem'; exit 7\n");
        edit("source: \".*\"", "source: \"" + source.directory() + "\"");

        CliRun run = refused(BUILD, "deploy", "containers");

        assertThat(run.failure())
                .startsWith("the image build failed at Step 2/3 : RUN echo 'no such gem'; exit 7")
                .contains("returned a non-zero code: 7", "\n  no such gem\n");
        assertThat(run.answer().at("/failure/phase").asText()).isEqualTo("build");
    }

    /** Runs a command that must end with a code, a failure in both outputs, and nothing changed. */
    private CliRun refused(int exitCode, String... words) {
        CliRun run = stage.run(folder, List.of(words)).exits(exitCode);

        assertThat(stage.hosts().files()).as("files on the hosts").isEqualTo(hosts);
        assertThat(stage.cluster().state()).as("the cluster").isEqualTo(cluster);
        assertThat(run.failure()).isNotBlank();
        assertThat(run.errors()).first().asString().startsWith("Failed: ");
        assertThat(String.join("\n", run.errors()))
                .contains(run.failure().lines().toList())
                .doesNotContain("Exception", "\tat ");
        return run;
    }

    /** Where a text stands in the story's deploy.yml, as mistakes say it. */
    private String at(String text) {
        List<String> lines = Stage.read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return "deploy.yml:%d:%d: ".formatted(i + 1, lines.get(i).indexOf(text) + 1);
            }
        }
        throw new AssertionError("'" + text + "' is not in " + lines);
    }

    private void edit(String from, String to) {
        String text = stage.deployFileText();
        String edited = text.replaceFirst(from, to.replace("$", "\\$"));
        assertThat(edited).as("deploy.yml with '%s' instead of '%s'", to, from).isNotEqualTo(text);
        write(edited);
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String newPrivateKey() {
        try {
            byte[] key = KeyPairGenerator.getInstance("RSA")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
