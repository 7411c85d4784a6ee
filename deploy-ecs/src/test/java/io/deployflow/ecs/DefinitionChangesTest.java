package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Change;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** The difference between two task definitions, as a plan shows it. */
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
                                .environment(
                                        one -> one.name("A").value("1"),
                                        one -> one.name("B").value("2"))
                                .logConfiguration(
                                        log -> log.logDriver("awslogs").options(Map.of("awslogs-group", "g"))),
                        app -> app.image("a:2")
                                .environment(
                                        one -> one.name("C").value("3"),
                                        one -> one.name("A").value("1"))
                                .secrets(one -> one.name("API_KEY").valueFrom("/shop/key"))
                                .portMappings(port -> port.containerPort(80))
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
                                one -> one.name("DB_PASSWORD").value("hunter2"),
                                one -> one.name("URL").value("postgres://shop:hunter2@db/shop")),
                        app -> app.environment(
                                one -> one.name("DB_PASSWORD").value("hunter3"),
                                one -> one.name("apiToken").value("abc"),
                                one -> one.name("URL").value("postgres://shop:hunter3@db2/shop"))))
                .containsExactlyInAnyOrder(
                        "containerDefinitions[app].environment[DB_PASSWORD]: *** > *** (another value)",
                        "containerDefinitions[app].environment[apiToken]: - > ***",
                        "containerDefinitions[app].environment[URL]: postgres://shop:***@db/shop >"
                                + " postgres://shop:***@db2/shop");
    }

    @Test
    void between_whatEcsFillsInByItself_isNoDifference() {
        assertThat(between(
                        app -> app.portMappings(port -> port.containerPort(80))
                                .healthCheck(check -> check.command("CMD", "true")),
                        app -> app.cpu(0)
                                .essential(true)
                                .privileged(false)
                                .environment(List.of())
                                .healthCheck(check -> check.command("CMD", "true")
                                        .interval(30)
                                        .timeout(5)
                                        .retries(3))
                                .portMappings(port ->
                                        port.containerPort(80).hostPort(80).protocol("tcp"))))
                .isEmpty();
    }

    @Test
    void between_whatEcsWouldNotFillIn_isADifference() {
        assertThat(between(
                        app -> app.essential(true).portMappings(port -> port.containerPort(80)),
                        app -> app.essential(false)
                                .portMappings(port -> port.containerPort(80).hostPort(8080))))
                .containsExactlyInAnyOrder(
                        "containerDefinitions[app].essential: - > false",
                        "containerDefinitions[app].portMappings[80].hostPort: - > 8080");
    }

    @Test
    void between_ofOnePortWithTwoProtocols_tellsThemByTheirPlace() {
        assertThat(between(
                        app -> app.portMappings(
                                port -> port.containerPort(53),
                                port -> port.containerPort(53).protocol("udp")),
                        app -> app.portMappings(
                                port -> port.containerPort(53),
                                port -> port.containerPort(53).protocol("tcp"))))
                .containsExactly("containerDefinitions[app].portMappings[1].protocol: udp > -");
    }
}
