package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.deployflow.ConfigurationException;
import io.deployflow.TargetUnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** The real SDK against a server that refuses. */
class AwsErrorsTest {
    private HttpServer server;
    private volatile int status = 400;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("aws.endpointUrl");
        System.clearProperty("aws.endpointUrlEcs");
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredTokenException, Sign in again",
        "UnrecognizedClientException, Check the credentials",
        "AccessDeniedException, Allow ecs:DescribeClusters"
    })
    void call_whenTheCallerIsRefused_namesTheCallAndTheRemedy(String code, String remedy) {
        refuseWith(400, code, "because");

        assertThatThrownBy(() -> gateway(endpoint()).cluster())
                .isInstanceOfSatisfying(
                        TargetUnreachableException.class,
                        failure -> assertThat(failure.remedy()).contains(remedy))
                .hasMessageContaining("ecs:DescribeClusters failed: " + code + ": because");
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidSignatureException, Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z",
        "InvalidSignatureException, Signature not yet current: 20260101T001000Z is still later than 20260101T000500Z",
        "RequestTimeTooSkewed, The difference between the request time and the current time is too large."
    })
    void call_whenTheClockIsWrong_saysThatAndNotThatTheCredentialsAre(String code, String message) {
        refuseWith(400, code, message);

        assertThatThrownBy(() -> gateway(endpoint()).cluster())
                .isInstanceOfSatisfying(
                        TargetUnreachableException.class,
                        failure -> assertThat(failure.remedy()).startsWith("Set this machine's clock"));
    }

    @Test
    void call_whenTheRequestIsWrong_blamesTheSettings() {
        refuseWith(400, "ClusterNotFoundException", "Cluster not found.");

        assertThatThrownBy(() -> gateway(endpoint()).service("puma"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("ecs:DescribeServices failed: ClusterNotFoundException: Cluster not found.");
    }

    @Test
    void call_whenNobodyListens_saysThatItCouldNotBeSent() {
        URI dead = endpoint();
        server.stop(0);

        assertThatThrownBy(() -> gateway(dead).cluster())
                .isInstanceOf(TargetUnreachableException.class)
                .hasMessageContaining("ecs:DescribeClusters could not be sent")
                .hasMessageContaining("refused");
    }

    @Test
    void clients_withoutAnEndpointSetting_takeTheSdksOwn() {
        status = 200;
        body = "{\"clusters\":[{\"clusterName\":\"app\",\"status\":\"ACTIVE\"}]}";
        System.setProperty("aws.endpointUrl", endpoint().toString());

        assertThat(gateway(null).cluster().orElseThrow().clusterName()).isEqualTo("app");
    }

    @Test
    void clients_withAnEndpointForOneService_preferIt() {
        status = 200;
        body = "{\"clusters\":[]}";
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
        System.setProperty("aws.endpointUrlEcs", endpoint().toString());

        assertThat(gateway(null).cluster()).isEmpty();
    }

    @Test
    void call_whenNobodyHasCredentials_doesNotListEveryPlaceThatWasLookedIn() {
        SdkException unsent = SdkClientException.create("Unable to load credentials from any of the providers in the"
                + " chain AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider()]) :"
                + " [SystemPropertyCredentialsProvider(): Unable to load credentials from system settings.]");

        assertThatThrownBy(() -> AwsErrors.reading("ecs:DescribeClusters", () -> {
                    throw unsent;
                }))
                .isInstanceOfSatisfying(
                        TargetUnreachableException.class,
                        failure -> assertThat(failure.remedy()).contains("AWS_PROFILE"))
                .hasMessage("no AWS credentials are there for ecs:DescribeClusters: Unable to load credentials from any"
                        + " of the providers in the chain");
    }

    private void refuseWith(int code, String type, String message) {
        status = code;
        body = "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static EcsGateway gateway(@Nullable URI endpoint) {
        EcsSettings settings = endpoint == null ? SettingsText.of() : SettingsText.of("endpoint: " + endpoint);
        return new EcsGateway(QuickClients.of(settings), settings);
    }
}
