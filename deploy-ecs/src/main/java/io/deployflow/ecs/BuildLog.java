package io.deployflow.ecs;

import io.deployflow.BuildException;
import io.deployflow.spi.DeployContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a build writes: passes every line on, and remembers the step that runs and its last lines. */
final class BuildLog {
    private static final Pattern STEP = Pattern.compile("(?:Step|STEP) (\\d+)/(\\d+) ?: .*");
    private static final Pattern BUILT = Pattern.compile("Successfully built ([0-9a-f]{12,64})");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final int KEPT = 20;

    private final DeployContext context;
    private final StringBuilder unfinished = new StringBuilder();
    private final Deque<String> lines = new ArrayDeque<>();
    private String step = "";
    private Optional<String> image = Optional.empty();

    BuildLog(DeployContext context) {
        this.context = context;
    }

    /** Takes what the engine streams: parts of lines, or several at once. */
    void append(String chunk) {
        unfinished.append(chunk);
        int end;
        while ((end = unfinished.indexOf("\n")) >= 0) {
            line(unfinished.substring(0, end).stripTrailing());
            unfinished.delete(0, end + 1);
        }
    }

    private void line(String line) {
        context.output("local", line);
        String plain = COLOUR.matcher(line).replaceAll("");
        Matcher begun = STEP.matcher(plain);
        Matcher built = BUILT.matcher(plain);
        if (begun.matches()) {
            step = plain;
            lines.clear();
            context.progress("local", "build", Long.parseLong(begun.group(1)), Long.parseLong(begun.group(2)));
        } else if (built.matches()) {
            image = Optional.of(built.group(1));
        } else if (!plain.isBlank()) {
            remember(plain);
        }
    }

    private void remember(String line) {
        lines.addLast(line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    /** Id of the image that was built. */
    Optional<String> image() {
        return image;
    }

    /** The failure that ended the build: the step, what the engine says of it, and its last lines. */
    BuildException failure(String error) {
        append("\n");
        String where = step.isEmpty() ? "" : " at " + step;
        String output = lines.isEmpty() ? "" : "\n  " + String.join("\n  ", lines);
        return new BuildException("the image build failed" + where + "\n" + error.strip() + output, remedy(error));
    }

    private String remedy(String error) {
        if (error.contains("BuildKit")) {
            return "This Dockerfile needs BuildKit, which the engine's own builder is not: do without its syntax.";
        }
        if (step.isEmpty()) {
            return "Check 'image.dockerfile', 'image.target' and that the file is part of the revision.";
        }
        return "Mend the step, or what it needs; it can be tried alone with 'docker build'.";
    }
}
