package io.deployflow.internal.circleci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.deployflow.ConfigurationException;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.YamlReader;
import io.deployflow.spi.Importer.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a CircleCI file is as a flow.
 *
 * @param flow the text of the section
 * @param leftovers what it does not say
 * @param mistakes what is wrong in the file
 */
public record CircleReader(String flow, List<Leftover> leftovers, List<Leftover> mistakes) {
    /** Copies the lists. */
    public CircleReader {
        leftovers = List.copyOf(leftovers);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read, is not YAML, or has no job
     */
    public static CircleReader read(Path path) {
        String text = text(path);
        Mistakes mistakes = new Mistakes();
        Optional<Node> document = YamlReader.read(text, mistakes);
        if (!mistakes.isEmpty() || !(document.orElse(null) instanceof MapNode root)) {
            throw new ConfigurationException(
                    mistakes.sorted().stream()
                            .map(mistake -> path + ":" + mistake.location() + ": " + mistake.message())
                            .collect(Collectors.joining("\n", path + " cannot be imported\n", "")),
                    "Name a CircleCI file of version 2: .circleci/config.yml.");
        }
        Notes notes = new Notes(path.toString());
        ObjectNode flow = new CircleImport(new CircleFile(root, text.lines().toList()), notes).flow();
        if (flow.path("jobs").isEmpty()) {
            throw new ConfigurationException(
                    path + " has no job that can be carried over", "Name a CircleCI file of version 2.");
        }
        return new CircleReader(
                written(JsonNodeFactory.instance.objectNode().set("flow", flow)), notes.leftovers(), notes.mistakes());
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new ConfigurationException(path + " cannot be read: " + e, "Name a CircleCI file.", null, e);
        }
    }

    private static String written(ObjectNode node) {
        YAMLMapper mapper = YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
                .enable(
                        YAMLGenerator.Feature.MINIMIZE_QUOTES,
                        YAMLGenerator.Feature.LITERAL_BLOCK_STYLE,
                        YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written as YAML", e);
        }
    }
}
