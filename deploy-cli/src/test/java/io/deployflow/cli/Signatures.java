package io.deployflow.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types that the signatures of a class name, type arguments included. */
final class Signatures {
    private Signatures() {}

    static Set<JavaClass> types(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        return Stream.concat(
                        above.flatMap(Signatures::raw),
                        type.getMembers().stream().flatMap(Signatures::of))
                .collect(Collectors.toSet());
    }

    private static Stream<JavaClass> of(JavaMember member) {
        return isVisible(member)
                ? member.getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType)
                : Stream.empty();
    }

    private static Stream<JavaClass> raw(JavaType type) {
        return type.getAllInvolvedRawTypes().stream();
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }
}
