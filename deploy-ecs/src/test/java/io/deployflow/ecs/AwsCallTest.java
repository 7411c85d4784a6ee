package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of calls against the code: a call that is not in it would be missing in everybody's policy. */
class AwsCallTest {
    private static final String SERVICES = "software.amazon.awssdk.services.";
    private static final Map<String, String> PREFIXES = Map.of(
            "elasticloadbalancingv2",
            "elasticloadbalancing",
            "cloudwatchlogs",
            "logs",
            "applicationautoscaling",
            "application-autoscaling");
    private static final Set<String> NO_CALLS = Set.of("builder", "close");

    @Test
    void all_areTheCallsThatTheCodeMakes() {
        Set<String> made = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.deployflow.ecs").stream()
                        .flatMap(AwsCallTest::accesses)
                        .filter(AwsCallTest::isOfAClient)
                        .filter(call -> !NO_CALLS.contains(call.getName()))
                        .map(AwsCallTest::action)
                        .filter(action -> !action.equals(AwsCall.FREE))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(made)
                .as("each has its line in AwsCall.ALL, for whoever may not make it")
                .containsExactlyInAnyOrderElementsOf(AwsCall.ALL.stream()
                        .filter(call -> call.origin() == AwsCall.Origin.CLIENT)
                        .map(AwsCall::action)
                        .toList());
    }

    @Test
    void all_nameEachActionOnce() {
        assertThat(AwsCall.ALL).extracting(AwsCall::action).doesNotHaveDuplicates();
    }

    private static Stream<JavaAccess<?>> accesses(JavaClass type) {
        return Stream.concat(type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream());
    }

    private static boolean isOfAClient(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        return owner.getPackageName().startsWith(SERVICES)
                && owner.getSimpleName().endsWith("Client");
    }

    /** {@code EcsClient.listTasksPaginator} is {@code ecs:ListTasks}. */
    private static String action(JavaAccess<?> call) {
        String service = call.getTargetOwner().getPackageName().substring(SERVICES.length());
        String method = call.getName().replaceFirst("Paginator$", "");
        return PREFIXES.getOrDefault(service, service) + ":" + Character.toUpperCase(method.charAt(0))
                + method.substring(1);
    }
}
