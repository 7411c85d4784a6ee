package io.deployflow.ssh.capistrano;

import io.deployflow.ConfigurationException;
import io.deployflow.spi.Importer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code Capfile}, {@code config/deploy.rb} and {@code config/deploy/*.rb} of Capistrano 3. */
public final class CapistranoImporter implements Importer {
    private static final String DEPLOY = "config/deploy.rb";
    private static final String STAGES = "config/deploy";

    // Of one line, in the order in which they were found.
    private static final Comparator<Leftover> BY_PLACE = Comparator.comparing(
                    (Leftover left) -> left.place().substring(0, left.place().lastIndexOf(':')))
            .thenComparing(
                    left -> Integer.valueOf(left.place().substring(left.place().lastIndexOf(':') + 1)));

    /** For the service loader. */
    public CapistranoImporter() {}

    @Override
    public String name() {
        return "capistrano";
    }

    @Override
    public Imported read(Path project, Optional<String> stage, String source) {
        List<String> stages = wanted(project, stage);
        StringBuilder targets = new StringBuilder();
        Set<Leftover> leftovers = new LinkedHashSet<>();
        Optional<String> application = Optional.empty();
        for (String name : stages) {
            StageReader read = readStage(project, name);
            leftovers.addAll(read.leftovers());
            if (read.servers().isEmpty()) {
                leftovers.add(new Leftover(
                        file(name) + ":1", "the stage " + name, "it names no host: add its target by hand"));
                continue;
            }
            TargetText text = new TargetText(name, read);
            targets.append(text.write());
            leftovers.addAll(text.leftovers());
            application = application.or(() -> application(read, leftovers));
        }
        leftovers.addAll(ownTasks(project));
        if (targets.isEmpty()) {
            throw new ConfigurationException(
                    "no stage of " + project.resolve(STAGES) + " names a host: " + String.join(", ", stages),
                    "Give one a line such as: server \"app1.example.com\", user: \"deploy\", roles: %w{app}");
        }
        List<Leftover> inOrder = leftovers.stream().sorted(BY_PLACE).toList();
        return new Imported(text(application.orElse("app"), source, targets.toString(), inOrder), inOrder);
    }

    private static List<String> wanted(Path project, Optional<String> stage) {
        if (!Files.isRegularFile(project.resolve(DEPLOY))) {
            throw new ConfigurationException(
                    project.resolve(DEPLOY) + " is not there", "Name the directory of the project that has it.");
        }
        List<String> all = names(project.resolve(STAGES), ".rb");
        stage.filter(name -> !all.contains(name)).ifPresent(name -> {
            throw new ConfigurationException(
                    "there is no stage '" + name + "' in " + project.resolve(STAGES),
                    "The stages are " + String.join(", ", all) + ".");
        });
        return stage.map(List::of).orElse(all);
    }

    private static List<String> names(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(folder + " cannot be read: " + e.getMessage(), "", null, e);
        }
    }

    private static StageReader readStage(Path project, String stage) {
        StageReader reader = new StageReader(stage);
        for (String file : List.of("Capfile", DEPLOY, file(stage))) {
            if (Files.isRegularFile(project.resolve(file))) {
                reader.read(file, content(project.resolve(file)));
            }
        }
        return reader;
    }

    private static String file(String stage) {
        return STAGES + "/" + stage + ".rb";
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be read: " + e.getMessage(), "", null, e);
        }
    }

    private static Optional<String> application(StageReader read, Set<Leftover> leftovers) {
        Value value = read.scope().get("application");
        String name = value == null ? "" : value.text();
        String fit = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        if (fit.isEmpty()) {
            String place = read.scope().place("application");
            leftovers.add(new Leftover(
                    place.isEmpty() ? DEPLOY + ":1" : place, "the application's name", "write it into deploy.yml"));
            return Optional.empty();
        }
        return Optional.of(fit);
    }

    private static List<Leftover> ownTasks(Path project) {
        List<Leftover> own = new ArrayList<>();
        names(project.resolve("lib/capistrano/tasks"), ".rake")
                .forEach(name -> own.add(
                        new Leftover("lib/capistrano/tasks/" + name + ".rake:1", "tasks of your own", Advice.CODE)));
        return own;
    }

    private static String text(String application, String source, String targets, List<Leftover> leftovers) {
        StringBuilder text = new StringBuilder("# From Capistrano's files; the comments say where each value stood.\n");
        text.append("application: ").append(Yaml.text(application)).append('\n');
        text.append("source: ").append(Yaml.text(source)).append("\ntargets:\n").append(targets);
        if (!leftovers.isEmpty()) {
            text.append("\n# Not carried over:\n");
            leftovers.forEach(left -> text.append(
                    "# %s: %s%n#   %s%n".formatted(left.place(), oneLine(left.what()), oneLine(left.remedy()))));
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}]+", " ");
    }
}
