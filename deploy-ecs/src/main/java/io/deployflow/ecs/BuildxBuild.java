package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Login;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds by the command {@code docker buildx}, which has the engine use BuildKit. */
final class BuildxBuild {
    private static final Pattern STEP = Pattern.compile("#\\d+ \\[(?:[^\\]]* )?(\\d+)/(\\d+)\\] .*");
    private static final int KEPT = 20;

    private final ImageSettings settings;
    private final String docker;
    private final Logins logins;
    private final DockerConfig own;
    private final Deque<String> last = new ArrayDeque<>();
    private String step = "";

    /** Tells the logins that the command's own configuration does not have, by registry. */
    @FunctionalInterface
    interface Logins {
        /** Asked when something is built. */
        Map<String, Login> of(DeployContext context);
    }

    /**
     * By a command.
     *
     * @param docker its name
     * @param logins what it is told beside its own configuration
     * @param own that configuration
     */
    BuildxBuild(ImageSettings settings, String docker, Logins logins, DockerConfig own) {
        this.settings = settings;
        this.docker = docker;
        this.logins = logins;
        this.own = own;
    }

    /** Whether the command is there and knows buildx. */
    boolean isThere(DeployContext context) {
        try {
            return new LocalCommand(List.of(docker, "buildx", "version"), context.workDirectory(), Map.of())
                            .run(line -> {}, context.cancellation())
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Builds.
     *
     * @param directory the build context
     * @param revision becomes a label, and a build argument where one is declared
     * @return the image's id in the engine
     */
    String run(Path directory, String revision, boolean declaresRevision, DeployContext context) {
        Path id = context.workDirectory().resolve("image.id");
        List<String> words = words(directory, revision, declaresRevision, id);
        try (BuildxConfig config = BuildxConfig.write(own, logins.of(context), context.workDirectory())) {
            int status = new LocalCommand(words, directory, config.environment(System.getenv()))
                    .run(line -> tell(line, context), context.cancellation());
            if (status != 0) {
                throw new BuildException(
                        "the image build failed" + (step.isEmpty() ? "" : " at " + step) + "\n  "
                                + String.join("\n  ", last),
                        "Mend the step, or what it needs; it can be tried alone with 'docker buildx build'.");
            }
            return Files.readString(id).strip();
        } catch (IOException e) {
            throw new BuildException("'" + docker + " buildx' cannot be run: " + e.getMessage(), "", null, e);
        }
    }

    /** The whole command. */
    List<String> words(Path directory, String revision, boolean declaresRevision, Path id) {
        List<String> words = new ArrayList<>(List.of(
                docker,
                "buildx",
                "build",
                "--progress=plain",
                "--load",
                "--iidfile=" + id,
                "--file=" + directory.resolve(settings.dockerfile()),
                "--label=" + DockerfileBuild.REVISION_LABEL + "=" + revision,
                "--build-arg=BUILDKIT_INLINE_CACHE=1"));
        if (declaresRevision) {
            words.add("--build-arg=" + DockerfileBuild.REVISION_ARG + "=" + revision);
        }
        settings.args().forEach((name, value) -> words.add("--build-arg=" + name + "=" + value));
        settings.target().ifPresent(stage -> words.add("--target=" + stage));
        settings.platform().ifPresent(platform -> words.add("--platform=" + platform));
        settings.cacheFrom().forEach(image -> words.add("--cache-from=type=registry,ref=" + image));
        words.add(directory.toString());
        return words;
    }

    private void tell(String line, DeployContext context) {
        context.output("local", line);
        Matcher begun = STEP.matcher(line);
        if (begun.matches()) {
            step = line;
            context.progress("local", "build", Long.parseLong(begun.group(1)), Long.parseLong(begun.group(2)));
        }
        if (!line.isBlank()) {
            last.addLast(line);
            if (last.size() > KEPT) {
                last.removeFirst();
            }
        }
    }
}
