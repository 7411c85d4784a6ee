package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployFile;
import io.deployflow.spi.Importer.Imported;
import io.deployflow.spi.Importer.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class ServiceImporterTest {
    private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:";

    @TempDir
    private Path directory;

    @Test
    void read_ofAServiceThatRuns_makesAFileWhoseFirstPlanChangesTheImageAlone() throws IOException {
        try (SimulatedTarget target = new SimulatedTarget(directory)) {
            Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\n");

            Imported imported = ServiceImporter.read(target.clients, target.settings, directory, ".");

            EcsSettings settings = settings(imported.deployFile(), "puma");
            assertThat(settings.region()).contains(target.sandbox.region());
            assertThat(settings.cluster()).isEqualTo("app-dev");
            assertThat(settings.image().repository()).isEqualTo("organization/app");
            assertThat(settings.image().registry()).isEmpty();
            assertThat(settings.secrets())
                    .containsEntry("KEY", "/shop/key")
                    .containsEntry("DATABASE_URL", target.secret + ":url::");
            assertThat(imported.leftovers()).isEmpty();
            assertThat(changes(settings, target.gateway())).isEmpty();
        }
    }

    private static List<?> changes(EcsSettings settings, EcsGateway ecs) {
        Service service = ecs.service("puma");
        EcsGateway.Described live = ecs.taskDefinition(service.taskDefinition());
        LiveService one = new LiveService(settings.members().get(0), service, live);
        String image = live.definition().containerDefinitions().get(0).image();
        return DefinitionChanges.between(
                one.asRequest(),
                new NextTaskDefinition(settings)
                        .make(
                                one,
                                image,
                                Contexts.of(
                                        Path.of("."),
                                        Path.of("."),
                                        "0123456789",
                                        event -> {},
                                        ForkJoinPool.commonPool())));
    }

    @Test
    void read_ofWhatIsNotThere_namesTheNearest() {
        try (SimulatedTarget target = new SimulatedTarget(directory)) {
            EcsSettings mistyped = SettingsText.of(
                    "endpoint: " + target.sandbox.endpoint(),
                    "region: " + target.sandbox.region(),
                    "cluster: app-dev",
                    "service: pume");

            assertThatThrownBy(() -> ServiceImporter.read(target.clients, mistyped, directory, "."))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("no service 'pume'");
        }
    }

    @Test
    void read_ofNoService_saysHow() {
        ServiceImporter importer = new ServiceImporter();

        for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("web"), Optional.of("app/"))) {
            assertThatThrownBy(() -> importer.read(directory, wrong, "."))
                    .isInstanceOf(ConfigurationException.class)
                    .extracting(failure -> ((ConfigurationException) failure).remedy())
                    .asString()
                    .contains("CLUSTER/SERVICE");
        }
    }

    @Test
    void toFile_ofSeveralContainers_takesTheOneBehindTheLoadBalancerAndNoSecretValues() throws IOException {
        ContainerDefinition proxy =
                ContainerDefinition.builder().name("nginx").image("nginx:1.27").build();
        ContainerDefinition app = ContainerDefinition.builder()
                .name("app")
                .image("registry.example.com:5000/team/app:v1@sha256:" + "a".repeat(64))
                .command("puma", "-C", "config: \"odd\" ${x}")
                .environment(
                        pair("WORKERS", "4"),
                        pair("EMPTY", ""),
                        pair("TEMPLATE", "a ${env:HOME} $${b}\nc"),
                        pair("API_TOKEN", "t0ps3cret"),
                        pair("QUEUE", "amqp://u:t0ps3cret@mq"))
                .build();

        Imported imported = taken(app, proxy, app).toFile("..", false, false);

        assertThat(imported.deployFile()).doesNotContain("t0ps3cret");
        assertThat(imported.leftovers())
                .extracting(Leftover::what)
                .anyMatch(what -> what.contains("API_TOKEN"))
                .anyMatch(what -> what.contains("QUEUE"))
                .anyMatch(what -> what.contains("Dockerfile"))
                .hasSize(3);
        EcsSettings settings = settings(imported.deployFile(), "web");
        assertThat(settings.container()).contains("app");
        assertThat(settings.image().registry()).contains("registry.example.com:5000");
        assertThat(settings.command()).containsExactly("puma", "-C", "config: \"odd\" ${x}");
        assertThat(settings.environment())
                .isEqualTo(Map.of("WORKERS", "4", "EMPTY", "", "TEMPLATE", "a ${env:HOME} $${b}\nc"));
        assertThat(settings.task().orElseThrow().cpu()).contains(512);
    }

    @Test
    void toFile_ofAnImageOfNoRegistry_saysThatItCannotBePushedThere() {
        ContainerDefinition app =
                ContainerDefinition.builder().name("app").image("nginx").build();

        assertThat(taken(app, app).toFile(".", false, true).leftovers())
                .singleElement()
                .extracting(Leftover::remedy)
                .asString()
                .contains("image.registry");
    }

    private static KeyValuePair pair(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }

    private static TakenOver taken(ContainerDefinition asked, ContainerDefinition... all) {
        return TakenOver.of(
                "app",
                Service.builder()
                        .serviceName("web")
                        .serviceArn(ARN + "service/app/web")
                        .loadBalancers(LoadBalancer.builder()
                                .containerName(asked.name())
                                .build())
                        .build(),
                TaskDefinition.builder()
                        .taskDefinitionArn(ARN + "task-definition/web:3")
                        .cpu("512")
                        .memory("1024")
                        .containerDefinitions(all)
                        .build());
    }

    private EcsSettings settings(String text, String target) throws IOException {
        Path file = Files.writeString(directory.resolve("deploy.yml"), text);
        return (EcsSettings) DeployFile.reader()
                .adapters(List.of(new EcsAdapter()))
                .read(file)
                .target(target)
                .settings();
    }
}
