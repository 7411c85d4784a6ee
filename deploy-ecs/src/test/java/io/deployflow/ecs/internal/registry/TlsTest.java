package io.deployflow.ecs.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.deployflow.CancellationToken;
import io.deployflow.ecs.LocalTool;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that shows a certificate which it signed itself. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String JAVA = System.getProperty("java.home") + "/bin/";

    @TempDir
    private Path folder;

    private final List<Duration> pauses = new ArrayList<>();
    private OciServer server;

    @BeforeEach
    void start() throws Exception {
        Path keys = folder.resolve("keys");
        LocalTool.run(
                JAVA + "keytool",
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=registry.test",
                "-ext",
                "san=dns:registry.test",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                keys.toString());
        KeyStore own = KeyStore.getInstance(keys.toFile(), PASSWORD);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        server = new OciServer(Optional.of(tls));

        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("registry", own.getCertificate("registry"));
        try (OutputStream file = Files.newOutputStream(folder.resolve("trusted"))) {
            trusted.store(file, PASSWORD);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** In a JVM of its own, as what Java trusts is said when it starts. */
    @Test
    void registry_whoseCertificateIsTrusted_isSpokenTo_underItsOwnNameOnly() throws Exception {
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 registry.test\n127.0.0.1 other.test\n");

        String said = LocalTool.run(
                JAVA + "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-Djavax.net.ssl.trustStore=" + folder.resolve("trusted"),
                "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD),
                "-cp",
                System.getProperty("java.class.path"),
                TlsClient.class.getName(),
                "registry.test:" + server.port(),
                "other.test:" + server.port());

        assertThat(said.lines())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("registry.test:" + server.port() + ": is as it was sent"),
                        second -> assertThat(second)
                                .startsWith("other.test:" + server.port() + ": the certificate that other.test:")
                                .contains("other.test found", "Check the registry's name"));
        assertThat(server.blobs.keySet()).containsExactly("app@" + Digests.of(TlsClient.blob()));
        assertThat(server.requests).noneMatch(request -> request.contains("other"));
    }

    @Test
    void registry_whoseCertificateNobodyKnows_isToldNothing_andAskedOnce() {
        RegistryHttp http = new RegistryHttp(
                host -> Optional.empty(), CancellationToken.create(), (time, token) -> pauses.add(time));
        URI url = URI.create("https://127.0.0.1:" + server.port() + "/v2/");

        assertThatThrownBy(() -> http.send(server.host(), RegistryRequest.of("GET", url, List.of())))
                .asInstanceOf(type(RegistryException.class))
                .satisfies(refused -> {
                    assertThat(refused).hasMessageContaining("the certificate that " + server.host() + " shows");
                    assertThat(refused.remedy())
                            .hasValueSatisfying(text ->
                                    assertThat(text).contains("DEPLOYFLOW_JAVA_OPTS=-Djavax.net.ssl.trustStore="));
                    assertThat(refused.isPassing()).isFalse();
                });
        assertThat(pauses).isEmpty();
        assertThat(server.requests).isEmpty();
    }
}
