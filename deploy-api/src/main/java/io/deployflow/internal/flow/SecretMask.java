package io.deployflow.internal.flow;

import io.deployflow.Secret;
import io.deployflow.flow.FlowSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts {@code ***} in the place of what is secret. A secret of several lines is hidden line by line. */
final class SecretMask {
    private final List<String> values;
    private final List<byte[]> bytes;

    /** Hides these; one of a single character or none hides nothing. */
    SecretMask(Collection<Secret> secrets) {
        this.values = secrets.stream()
                .flatMap(secret -> secret.reveal().lines())
                .filter(line -> line.strip().length() > 1)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.bytes = values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Hides the secrets of all jobs: what one of them does not know of it can write all the same. */
    static SecretMask of(FlowSettings settings, Map<String, String> environment) {
        return new SecretMask(settings.jobs().values().stream()
                .flatMap(job -> job.secrets().stream())
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .map(Secret::of)
                .toList());
    }

    String hide(String line) {
        String hidden = line;
        for (String value : values) {
            hidden = hidden.replace(value, "***");
        }
        return hidden;
    }

    /** How many bytes the longest secret has; 1 where there is none. */
    int longest() {
        return bytes.stream().mapToInt(value -> value.length).max().orElse(1);
    }

    /** The last place at or before another where a line can be cut without cutting a secret. */
    int cut(byte[] line, int wanted) {
        int place = wanted;
        for (boolean moved = true; moved; ) {
            int now = place;
            place = bytes.stream()
                    .mapToInt(value -> before(line, now, value))
                    .min()
                    .orElse(now);
            moved = place < now;
        }
        return place > 0 ? place : wanted;
    }

    /** Where a secret begins that a cut would go through. */
    private static int before(byte[] line, int place, byte[] value) {
        for (int start = Math.max(0, place - value.length + 1); start < place; start++) {
            int end = start + value.length;
            if (end <= line.length && Arrays.equals(line, start, end, value, 0, value.length)) {
                return start;
            }
        }
        return place;
    }
}
