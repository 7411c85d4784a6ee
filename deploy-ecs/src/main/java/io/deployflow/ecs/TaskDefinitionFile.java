package io.deployflow.ecs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * Reads a task definition in JSON as the AWS CLI and ecspresso have it. What {@code describe-task-definition} answers
 * is taken too: what ECS computes is passed over.
 */
final class TaskDefinitionFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String WRAPPER = "taskDefinition";

    private TaskDefinitionFile() {}

    /**
     * Reads.
     *
     * @param name the file as the settings name it
     * @throws ConfigurationException with every mistake in it by line and column
     */
    static RegisterTaskDefinitionRequest read(Path file, String name, Placeholders placeholders) {
        JsonBinder binder = new JsonBinder(placeholders);
        RegisterTaskDefinitionRequest read = parse(file, name, binder);
        if (binder.mistakes().isEmpty() && read.containerDefinitions().isEmpty()) {
            throw wrong(name, List.of("1:1: 'containerDefinitions' is missing"));
        }
        if (!binder.mistakes().isEmpty()) {
            throw wrong(name, binder.mistakes());
        }
        return read;
    }

    private static RegisterTaskDefinitionRequest parse(Path file, String name, JsonBinder binder) {
        try (JsonParser parser = JSON.createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wrong(name, List.of("1:1: must be an object"));
            }
            RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
            binder.definition(parser, builder, WRAPPER);
            return builder.build();
        } catch (JsonProcessingException e) {
            throw wrong(
                    name,
                    List.of(e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr() + ": "
                            + e.getOriginalMessage()));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    "there is no task definition '" + name + "' in the source",
                    "Check 'task_definition'; in a git work tree the file must be committed.",
                    null,
                    e);
        } catch (IOException e) {
            throw new ConfigurationException("task definition '" + name + "' cannot be read: " + e, "", null, e);
        }
    }

    private static ConfigurationException wrong(String name, List<String> mistakes) {
        return new ConfigurationException(
                String.join(
                        "\n",
                        mistakes.stream().map(mistake -> name + ":" + mistake).toList()),
                "Mend the task definition; its fields are those of ecs:RegisterTaskDefinition.");
    }
}
