package io.deployflow.internal.flow;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the names between double braces stand for. */
final class TemplateNames {
    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "amd64", "aarch64", "arm64", "x86_64", "amd64");

    private TemplateNames() {}

    static Map<String, String> of(RunSession run, String job) {
        Map<String, String> names = new TreeMap<>();
        names.put("arch", arch());
        names.put("epoch", String.valueOf(run.clock().instant().getEpochSecond()));
        names.put("branch", run.place().branch().orElse(""));
        names.put("tag", run.place().tag().orElse(""));
        names.put("revision", run.place().revision().orElse(""));
        names.put("run", run.id());
        names.put("job", job);
        names.put("application", run.sources().application().name());
        run.sources().environment().forEach((name, value) -> names.put("environment." + name, value));
        return names;
    }

    private static String arch() {
        String machine = System.getProperty("os.arch", "unknown");
        return System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT).replace(' ', '-') + "-"
                + ARCHITECTURES.getOrDefault(machine, machine);
    }
}
