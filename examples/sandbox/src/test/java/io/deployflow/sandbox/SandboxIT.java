package io.deployflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.deployflow.sandbox.docker.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxIT {
    @TempDir
    Path folder;

    @Test
    void sandbox_withEverything_servesThroughTheLoadBalancerAndLeavesNothing() throws Exception {
        String id;
        try (Sandbox sandbox = Sandbox.builder()
                .clock(Timings.FAST)
                .ecsService(true)
                .sshHosts(1)
                .folder(folder)
                .start()) {
            id = sandbox.id();
            assertThat(get(sandbox.loadBalancerUrl())).isEqualTo("200 placeholder\n");
            assertThat(sandbox.sshHosts()).hasSize(1);
            assertThat(sandbox.environment())
                    .containsEntry("AWS_ENDPOINT_URL", sandbox.endpoint().toString())
                    .containsEntry("SANDBOX_REGISTRY", sandbox.registry())
                    .containsEntry("SANDBOX_CLOCK", "AWS's delays divided by 15")
                    .containsEntry("SANDBOX_SSH_IDENTITY", sandbox.identity().toString())
                    .containsKeys("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
            // A balancer, a registry, two tasks and a host.
            assertThat(containersOf(id)).hasSize(5);
        }
        assertThat(containersOf(id)).isEmpty();
    }

    @Test
    void sandbox_withoutAPart_saysWhatWasNotAskedFor() throws IOException {
        try (Sandbox sandbox = Sandbox.builder().sshHosts(1).folder(folder).start()) {
            assertThatThrownBy(sandbox::endpoint).hasMessageContaining("without aws()");
            assertThat(containersOf(sandbox.id())).hasSize(1);
        }
    }

    private static String get(URI url) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static List<String> containersOf(String id) throws IOException {
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        ZerodepDockerHttpClient transport = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .build();
        try (DockerClient client = DockerClientImpl.getInstance(config, transport)) {
            return client
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(List.of(Engine.LABEL + "=" + id))
                    .exec()
                    .stream()
                    .map(container -> String.join(",", container.getNames()))
                    .toList();
        }
    }
}
