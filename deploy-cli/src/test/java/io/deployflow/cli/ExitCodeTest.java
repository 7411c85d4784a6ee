package io.deployflow.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.deployflow.DeployException;
import io.deployflow.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "nothing, 0",
        "unexpected, 1",
        "configuration, 2",
        "build, 3",
        "push, 4",
        "rollout, 5",
        "restore, 6",
        "lock, 7",
        "reach, 8",
        "no-such-target, 2"
    })
    void deploy_whenSomethingFails_endsWithItsCode(String fault, int code) {
        assertThat(CliRun.piped().run("deploy", fault, "--file", DeployYml.in(directory)))
                .isEqualTo(code);
    }

    @Test
    void of_whenThereIsAFailureOfTheLibrary_knowsIt() {
        Set<String> known = Arrays.stream(ExitCode.values())
                .map(code -> code.failure().getName())
                .collect(Collectors.toSet());

        assertThat(new ClassFileImporter().importPackagesOf(DeployException.class))
                .filteredOn(type -> type.isAssignableTo(DeployException.class))
                .filteredOn(type -> !type.isEquivalentTo(DeployException.class))
                .extracting(JavaClass::getName)
                .hasSizeGreaterThan(7)
                .allMatch(known::contains);
    }

    @Test
    void of_aStatus_tellsWhetherTheTargetIsWhole() {
        assertThat(ExitCode.of(new Status("staging", Optional.empty(), List.of(), List.of(), true)))
                .isEqualTo(ExitCode.DONE);
        assertThat(ExitCode.of(new Status("staging", Optional.empty(), List.of(), List.of(), false)))
                .isEqualTo(ExitCode.NOT_WHOLE);
    }

    @Test
    void number_whenListed_isTheDocumentedTable() {
        assertThat(Arrays.stream(ExitCode.values()).collect(Collectors.toMap(ExitCode::word, ExitCode::number)))
                .containsOnly(
                        entry("done", 0),
                        entry("unexpected", 1),
                        entry("configuration", 2),
                        entry("build", 3),
                        entry("push", 4),
                        entry("rollout", 5),
                        entry("not_restored", 6),
                        entry("locked", 7),
                        entry("unreachable", 8),
                        entry("not_whole", 9),
                        entry("operation", 10),
                        entry("check", 11),
                        entry("comparison", 12),
                        entry("flow", 13),
                        entry("cancelled", 130));
    }
}
