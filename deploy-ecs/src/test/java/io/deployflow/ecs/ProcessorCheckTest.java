package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/** Which processor a service's tasks get. */
class ProcessorCheckTest {
    private static final RegisterTaskDefinitionRequest NOTHING_SAID =
            RegisterTaskDefinitionRequest.builder().family("puma").build();
    private static final Service NO_TYPE = Service.builder().build();

    private static Service providers(String... names) {
        return Service.builder()
                .capacityProviderStrategy(Stream.of(names)
                        .map(name -> CapacityProviderStrategyItem.builder()
                                .capacityProvider(name)
                                .build())
                        .toList())
                .build();
    }

    private static Service launch(LaunchType type) {
        return Service.builder().launchType(type).build();
    }

    private static RegisterTaskDefinitionRequest on(String architecture) {
        return NOTHING_SAID.toBuilder()
                .runtimePlatform(platform -> platform.cpuArchitecture(architecture))
                .build();
    }

    @Test
    void wanted_isWhatTheTaskDefinitionSays() {
        assertThat(ProcessorCheck.wanted(NO_TYPE, on("ARM64"))).contains("ARM64");
        assertThat(ProcessorCheck.wanted(launch(LaunchType.FARGATE), on("ARM64")))
                .contains("ARM64");
        assertThat(ProcessorCheck.wanted(launch(LaunchType.EC2), on("X86_64"))).contains("X86_64");
    }

    @Test
    void wanted_whereNothingIsSaid_isIntelOnFargateAlone() {
        assertThat(ProcessorCheck.wanted(launch(LaunchType.FARGATE), NOTHING_SAID))
                .contains("X86_64");
        assertThat(ProcessorCheck.wanted(providers("FARGATE", "FARGATE_SPOT"), NOTHING_SAID))
                .contains("X86_64");
        assertThat(ProcessorCheck.wanted(
                        NO_TYPE,
                        NOTHING_SAID.toBuilder()
                                .requiresCompatibilities(Compatibility.FARGATE)
                                .build()))
                .contains("X86_64");
        assertThat(ProcessorCheck.wanted(launch(LaunchType.EC2), NOTHING_SAID)).isEmpty();
        assertThat(ProcessorCheck.wanted(providers("graviton-hosts"), NOTHING_SAID))
                .isEmpty();
        assertThat(ProcessorCheck.wanted(NO_TYPE, NOTHING_SAID)).isEmpty();
    }

    /** What is newer than this tool is not judged by it. */
    @Test
    void wanted_ofAProcessorThatIsNotKnown_isNotKnown() {
        assertThat(ProcessorCheck.wanted(NO_TYPE, on("RISCV"))).isEmpty();
    }
}
