package io.deployflow.ecs;

import io.deployflow.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What is different between two task definitions, field by field. */
final class DefinitionChanges {
    private static final String HIDDEN = "***";
    private static final Pattern NAME = Pattern.compile("\\[([^\\[\\]]*)]$");
    private static final Pattern TELLING = Pattern.compile(
            "pass|pwd|secret|token|key|credential|private|auth|salt|signature|dsn|cookie", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(://[^/@:\\s]*:)[^@\\s]+@");

    private DefinitionChanges() {}

    /**
     * The fields that differ. Where a variable's name sounds like a secret, its values are not shown; what a secret
     * holds is never known here, only where ECS reads it.
     */
    static List<Change> between(RegisterTaskDefinitionRequest before, RegisterTaskDefinitionRequest after) {
        Map<String, String> old = DefinitionFields.of(before);
        Map<String, String> next = DefinitionFields.of(after);
        Set<String> paths = new LinkedHashSet<>(next.keySet());
        paths.addAll(old.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<String> from = Optional.ofNullable(old.get(path));
            Optional<String> to = Optional.ofNullable(next.get(path));
            if (!from.equals(to)) {
                changes.add(new Change(
                        path,
                        from.map(value -> shown(path, value)),
                        to.map(value -> shown(path, value) + (from.isPresent() ? another(path) : ""))));
            }
        }
        return changes;
    }

    private static String another(String path) {
        return isTelling(path) ? " (another value)" : "";
    }

    private static String shown(String path, String value) {
        return isTelling(path) ? HIDDEN : USER_INFO.matcher(value).replaceAll("$1" + HIDDEN + "@");
    }

    /** Whether a variable may hold a secret, by its name or as a URL with a password in it. */
    static boolean mayHoldSecret(String name, String value) {
        return TELLING.matcher(name).find() || USER_INFO.matcher(value).find();
    }

    /** Whether the last name in a path is one of a variable, label or option that may hold a secret. */
    private static boolean isTelling(String path) {
        Matcher name = NAME.matcher(path);
        return name.find()
                && !path.contains(".secrets[")
                && !path.contains(".secretOptions[")
                && TELLING.matcher(name.group(1)).find();
    }
}
