package io.deployflow.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules between modules and packages, and what may be used where. */
class ArchitectureTest {
    private static final String[] API = {
        "io.deployflow", "io.deployflow.event", "io.deployflow.spi", "io.deployflow.compare", "io.deployflow.flow"
    };
    private static final String INTERNAL = "io.deployflow.internal..";
    private static final String CLI = "io.deployflow.cli..";
    private static final String ECS = "io.deployflow.ecs..";
    private static final String ECS_INTERNAL = "io.deployflow.ecs.internal..";
    private static final String SSH = "io.deployflow.ssh..";
    private static final String SANDBOX = "io.deployflow.sandbox..";

    static Stream<ArchRule> rules() {
        return Stream.of(
                noClasses()
                        .that()
                        .resideInAPackage(CLI)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(ECS, SSH, SANDBOX)
                        .because("the command line finds adapters through the SPI alone"),
                noClasses()
                        .that()
                        .resideInAPackage(ECS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SSH, CLI, SANDBOX),
                noClasses()
                        .that()
                        .resideInAPackage(SSH)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(ECS, CLI, SANDBOX),
                noClasses()
                        .that()
                        .resideInAPackage(SANDBOX)
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.deployflow..")
                                .and(describe(
                                        "not of its own",
                                        type -> !resideInAPackage(SANDBOX).test(type))))
                        .because("the sandbox is a server"),
                noClasses()
                        .that()
                        .resideInAnyPackage(CLI, ECS, SSH, SANDBOX)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(INTERNAL),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ECS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ECS_INTERNAL),
                noClasses()
                        .that()
                        .resideInAPackage(ECS_INTERNAL)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.deployflow.ecs", "software.amazon..", "com.github.dockerjava..")
                        .because("an image of layers is made and sent without knowing whom for"),
                noClasses()
                        .that()
                        .resideInAnyPackage("io.deployflow.event", "io.deployflow.spi")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(INTERNAL)
                        .because("the contracts stand on the model alone"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ECS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("software.amazon.."),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.deployflow.internal.config.yaml")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.yaml.snakeyaml..")
                        .because("nodes with places are what the rest reads"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(CLI)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                        .because("constructors stay plain, so an embedder needs no container"),
                noClasses()
                        .should()
                        .callMethod(Thread.class, "sleep", long.class)
                        .because("main code waits for a condition, with a deadline"),
                noClasses()
                        .should()
                        .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                        .orShould()
                        .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
                        .because("what waits does so in a thread of its own: the common pool may have one alone"),
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                ECS,
                                SSH,
                                INTERNAL,
                                "io.deployflow",
                                "io.deployflow.spi",
                                "io.deployflow.event",
                                "io.deployflow.compare",
                                "io.deployflow.flow")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .because("a library tells events"),
                classes()
                        .that()
                        .resideInAnyPackage(
                                "io.deployflow",
                                "io.deployflow.spi",
                                "io.deployflow.event",
                                "io.deployflow.compare",
                                "io.deployflow.flow",
                                INTERNAL)
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(
                                        "java..",
                                        "javax.xml.stream..",
                                        "io.deployflow..",
                                        "com.fasterxml.jackson..",
                                        "org.yaml.snakeyaml..",
                                        "org.slf4j..",
                                        "org.jspecify..")
                                .or(describe(
                                        "primitives",
                                        type -> type.getBaseComponentType().isPrimitive())))
                        .because(
                                "Jackson, with the parser of YAML that it brings, is the only library of deploy-api beside"
                                        + " SLF4J and JSpecify"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_whenChecked_holds(ArchRule rule) {
        rule.check(Production.CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.deployflow.internal.(**)", "io.deployflow.sandbox.(**)", "io.deployflow.ecs.internal.(**)"})
    void packages_whenSliced_haveNoCycles(String packages) {
        slices().matching(packages)
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(Production.CLASSES);
    }

    @Test
    void signature_whenPublicInTheApi_namesOnlyTheJdkAndTheApi() {
        assertThat(Production.CLASSES)
                .filteredOn(type -> resideInAnyPackage(API).test(type) && Production.isVisible(type))
                .flatExtracting(Signatures::types)
                .extracting(JavaClass::getPackageName)
                .allMatch(name -> name.startsWith("java.")
                        || name.isEmpty()
                        || Stream.of(API).anyMatch(name::equals));
    }

    @Test
    void jsch_whenUsed_isNamedOnlyInClassesThatSaySo() {
        assertThat(Production.CLASSES)
                .filteredOn(type -> type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .anyMatch(resideInAPackage("com.jcraft.jsch..")))
                .extracting(ArchitectureTest::outermost)
                .contains("JschConnector")
                .allMatch(name -> name.startsWith("Jsch"));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElseGet(type::getSimpleName);
    }
}
