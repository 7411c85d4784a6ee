package io.deployflow.flow;

import io.deployflow.CancellationToken;
import io.deployflow.DeployFile;
import io.deployflow.internal.config.FakeAdapters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A repository with a deploy.yml, whose flow runs as a person would run it. */
final class FlowProject {
    final Path directory;
    final Map<String, String> environment = new HashMap<>(System.getenv());
    final List<FlowEvent> events = new CopyOnWriteArrayList<>();
    private final Path cache;

    FlowProject(Path folder) {
        this.directory = folder.resolve("shop");
        this.cache = folder.resolve("cache");
        environment.keySet().removeIf(name -> name.startsWith("CI") || name.startsWith("GIT"));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("init", "-q", "-b", "master", ".");
    }

    /** Commits a deploy.yml with this flow, which is indented by two. */
    FlowProject flow(String flow) {
        return commit(
                "deploy.yml",
                "application: shop\ntargets:\n  staging: { type: ssh, hosts: [app1], deploy_to: /srv }\nflow:\n"
                        + flow.indent(2));
    }

    FlowProject commit(String name, String text) {
        write(name, text);
        git("add", "--all");
        git("commit", "-q", "-m", "Change " + name);
        return this;
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String git(String... words) {
        return in(directory, Stream.concat(Stream.of("git"), Stream.of(words)).toArray(String[]::new));
    }

    static String in(Path directory, String... words) {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_AUTHOR_NAME", "Ann",
                        "GIT_AUTHOR_EMAIL", "ann@example.org",
                        "GIT_COMMITTER_NAME", "Ann",
                        "GIT_COMMITTER_EMAIL", "ann@example.org",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null"));
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + ": " + said);
            }
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    DeployFile deployFile() {
        return DeployFile.reader()
                .adapters(FakeAdapters.ALL)
                .environment(environment::get)
                .read(directory.resolve("deploy.yml"));
    }

    Flow.Builder builder() {
        return Flow.builder(deployFile()).environment(environment).cache(cache).listener(events::add);
    }

    Path cache() {
        return cache;
    }

    FlowReport run(String... jobs) {
        return run(FlowRequest.defaults().withJobs(List.of(jobs)));
    }

    FlowReport run(FlowRequest request) {
        return builder().build().run(request, CancellationToken.create());
    }

    FlowPlan plan(FlowRequest request) {
        return builder().build().plan(request);
    }

    /** What a job wrote, in its last run. */
    List<String> output(String job) {
        List<String> lines = new ArrayList<>();
        for (FlowEvent event : events) {
            if (event instanceof FlowEvent.Output output && output.job().equals(job)) {
                lines.add(output.line());
            }
        }
        return lines;
    }

    /** How each job ended: {@code build succeeded}. */
    static List<String> ends(FlowReport report) {
        return report.jobs().stream()
                .map(job -> job.name() + " " + job.state().name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }
}
