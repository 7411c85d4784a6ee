package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Change;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;

/** The difference between two task definitions, as a plan shows it. */
@SuppressWarnings("unchecked") // The SDK takes a builder of a list as generic varargs.
class DefinitionChangesTest {
    private static RegisterTaskDefinitionRequest with(Consumer<ContainerDefinition.Builder> app) {
        ContainerDefinition.Builder builder = ContainerDefinition.builder().name("app");
        app.accept(builder);
        return RegisterTaskDefinitionRequest.builder()
                .family("puma")
                .networkMode(NetworkMode.AWSVPC)
                .containerDefinitions(builder.build())
                .build();
    }

    private static KeyValuePair variable(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }

    private static Secret secret(String name, String from) {
        return Secret.builder().name(name).valueFrom(from).build();
    }

    private static List<String> between(
            Consumer<ContainerDefinition.Builder> before, Consumer<ContainerDefinition.Builder> after) {
        return DefinitionChanges.between(with(before), with(after)).stream()
                .map(DefinitionChangesTest::line)
                .toList();
    }

    private static String line(Change change) {
        return change.what() + ": " + change.from().orElse("-") + " > "
                + change.to().orElse("-");
    }

    @Test
    void between_showsEachFieldByItsPath() {
        assertThat(between(
                        app -> app.image("a:1")
                                .command("x", "say \"hi\"")
                                .environment(variable("A", "1"), variable("B", "2"))
                                .logConfiguration(
                                        log -> log.logDriver("awslogs").options(Map.of("awslogs-group", "g"))),
                        app -> app.image("a:2")
                                .environment(variable("C", "3"), variable("A", "1"))
                                .secrets(secret("API_KEY", "/shop/key"))
                                .portMappings(
                                        PortMapping.builder().containerPort(80).build())
                                .logConfiguration(
                                        log -> log.logDriver("awslogs").options(Map.of("awslogs-group", "h")))))
                .containsExactlyInAnyOrder(
                        "containerDefinitions[app].image: a:1 > a:2",
                        "containerDefinitions[app].command: [\"x\", \"say \\\"hi\\\"\"] > -",
                        "containerDefinitions[app].environment[B]: 2 > -",
                        "containerDefinitions[app].environment[C]: - > 3",
                        "containerDefinitions[app].secrets[API_KEY]: - > /shop/key",
                        "containerDefinitions[app].portMappings[80]: - > 80",
                        "containerDefinitions[app].logConfiguration.options[awslogs-group]: g > h");
    }

    @Test
    void between_neverShowsWhatMayBeASecret() {
        assertThat(between(
                        app -> app.environment(
                                variable("DB_PASSWORD", "hunter2"), variable("URL", "postgres://shop:hunter2@db/shop")),
                        app -> app.environment(
                                variable("DB_PASSWORD", "hunter3"),
                                variable("apiToken", "abc"),
                                variable("URL", "postgres://shop:hunter3@db2/shop"))))
                .containsExactlyInAnyOrder(
                        "containerDefinitions[app].environment[DB_PASSWORD]: *** > *** (another value)",
                        "containerDefinitions[app].environment[apiToken]: - > ***",
                        "containerDefinitions[app].environment[URL]: postgres://shop:***@db/shop >"
                                + " postgres://shop:***@db2/shop");
    }

    /** ECS takes the last; none of the values is to be seen, whatever moves. */
    @Test
    void between_whereAVariableStandsTwice_neverShowsWhatMayBeASecret() {
        assertThat(between(
                        app -> app.environment(
                                variable("MODE", "a"),
                                variable("API_TOKEN", "hunter2"),
                                variable("API_TOKEN", "hunter3")),
                        app -> app.environment(variable("API_TOKEN", "hunter2"), variable("API_TOKEN", "hunter4"))))
                .containsExactlyInAnyOrder(
                        "containerDefinitions[app].environment[MODE]: a > -",
                        "containerDefinitions[app].environment[API_TOKEN#2]: *** > *** (another value)");
    }

    @Test
    void between_whatEcsFillsInByItself_isNoDifference() {
        assertThat(between(
                        app -> app.portMappings(
                                        PortMapping.builder().containerPort(80).build())
                                .healthCheck(check -> check.command("CMD", "true")),
                        app -> app.cpu(0)
                                .essential(true)
                                .privileged(false)
                                .environment(List.of())
                                .healthCheck(check -> check.command("CMD", "true")
                                        .interval(30)
                                        .timeout(5)
                                        .retries(3))
                                .portMappings(PortMapping.builder()
                                        .containerPort(80)
                                        .hostPort(80)
                                        .protocol("tcp")
                                        .build())))
                .isEmpty();
    }

    @Test
    void between_whatEcsWouldNotFillIn_isADifference() {
        assertThat(between(
                        app -> app.essential(true)
                                .portMappings(
                                        PortMapping.builder().containerPort(80).build()),
                        app -> app.essential(false)
                                .portMappings(PortMapping.builder()
                                        .containerPort(80)
                                        .hostPort(8080)
                                        .build())))
                .containsExactlyInAnyOrder(
                        "containerDefinitions[app].essential: - > false",
                        "containerDefinitions[app].portMappings[80].hostPort: - > 8080");
    }

    @Test
    void between_ofOnePortWithTwoProtocols_tellsThemByTheirPlace() {
        assertThat(between(
                        app -> app.portMappings(
                                PortMapping.builder().containerPort(53).build(),
                                PortMapping.builder()
                                        .containerPort(53)
                                        .protocol("udp")
                                        .build()),
                        app -> app.portMappings(
                                PortMapping.builder().containerPort(53).build(),
                                PortMapping.builder()
                                        .containerPort(53)
                                        .protocol("tcp")
                                        .build())))
                .containsExactly("containerDefinitions[app].portMappings[1].protocol: udp > -");
    }
}
