package io.deployflow.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository of its own with a copy of the Puma application, so that the demo can commit what it likes. */
public record DemoApplication(Path directory) {
    /** Who commits, as git's variables say it. */
    public static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "demo",
            "GIT_AUTHOR_EMAIL", "demo@example.org",
            "GIT_COMMITTER_NAME", "demo",
            "GIT_COMMITTER_EMAIL", "demo@example.org",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    /** A copy, committed. */
    public static DemoApplication copyOf(Path source, Path directory) throws IOException {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Files.copy(
                        entry,
                        directory.resolve(source.relativize(entry).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
        DemoApplication application = new DemoApplication(directory);
        application.git("init", "-q", ".");
        application.commit("The application as it is");
        return application;
    }

    /** What {@code GET /} answers with. */
    public void greet(String greeting) {
        write("greeting.txt", greeting);
        commit("Say " + greeting);
    }

    /** Changes one file to one line. */
    public void change(String file, String line) {
        write(file, line);
        commit("Change " + file);
    }

    /** Makes every layer of the image another one. */
    public void packagesAgain(String why) {
        Path file = directory.resolve("docker/app/Dockerfile");
        try {
            String text = Files.readString(file);
            Files.writeString(
                    file, text.replaceFirst("(?s)^(FROM [^\n]*\n)(LABEL [^\n]*\n)?", "$1LABEL why=\"" + why + "\"\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + file, e);
        }
        commit("Install the packages again");
    }

    /** Adds a page {@code /ruby} that tells which Ruby serves it, as {@code 3.1}. */
    public void addRubyPage() {
        write("config.ru", """
                # frozen_string_literal: true

                require_relative "lib/shop"

                shop = Shop.new(__dir__)
                ruby = RUBY_VERSION[/\\d+\\.\\d+/]
                run(lambda do |env|
                  env["PATH_INFO"] == "/ruby" ? [200, { "content-type" => "text/plain" }, [ruby]] : shop.call(env)
                end)""");
        commit("Tell the version of Ruby");
    }

    /** Adds a page {@code /slow} that takes its time to answer, so that requests are in flight whenever a task goes. */
    public void addSlowPage(Duration time) {
        write("config.ru", """
                # frozen_string_literal: true

                require_relative "lib/shop"

                shop = Shop.new(__dir__)
                run(lambda do |env|
                  sleep %s if env["PATH_INFO"] == "/slow"
                  shop.call(env["PATH_INFO"] == "/slow" ? env.merge("PATH_INFO" => "/") : env)
                end)""".formatted(time.toMillis() / 1000.0));
        commit("Add a slow page");
    }

    private void write(String name, String line) {
        try {
            Files.writeString(directory.resolve(name), line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name, e);
        }
    }

    private void commit(String message) {
        git("add", "--all");
        git("commit", "-q", "-m", message);
    }

    private void git(String... words) {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        builder.environment().putAll(AUTHOR);
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run git", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running git", e);
        }
    }
}
