package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells whether a Dockerfile needs BuildKit, by the syntax that the engine's own builder does not know. */
final class BuildKit {
    private static final List<Need> NEEDS = List.of(
            new Need("# syntax=", Pattern.compile("(?i)\\A(\\s*#[^\\n]*\\n)*\\s*#\\s*syntax\\s*=")),
            new Need("RUN --mount", instruction("RUN\\s+(--\\S+\\s+)*--mount=")),
            new Need("RUN --network or --security", instruction("RUN\\s+(--\\S+\\s+)*--(network|security)=")),
            new Need(
                    "COPY or ADD with --link, --chmod, --parents, --exclude or --checksum",
                    instruction("(COPY|ADD)\\s+(--\\S+\\s+)*--(link|chmod|parents|exclude|checksum|keep-git-dir)\\b")),
            new Need("a here-document", instruction("(RUN|COPY|ADD)\\s[^\\n]*<<-?[\"']?[A-Za-z_]")));

    private BuildKit() {}

    private record Need(String what, Pattern pattern) {}

    private static Pattern instruction(String regex) {
        return Pattern.compile("(?im)^\\s*(ONBUILD\\s+)?" + regex);
    }

    /** What in the Dockerfile needs it; empty where nothing does. */
    static Optional<String> neededFor(String dockerfile) {
        String joined = dockerfile.replaceAll("\\\\\\r?\\n", " ");
        return NEEDS.stream()
                .filter(need -> need.pattern().matcher(joined).find())
                .map(Need::what)
                .findFirst();
    }
}
