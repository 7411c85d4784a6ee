package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A command that has ended.
 *
 * @param command its words
 * @param exitCode its exit code
 * @param output the lines of its standard output
 * @param errors the lines of its standard error
 */
record CliRun(String command, int exitCode, List<String> output, List<String> errors) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the output holds what is no JSON: " + line, e);
        }
    }

    /** This, if it ended with a code. */
    CliRun exits(int code) {
        assertThat(exitCode)
                .as("exit code of '%s', which wrote %s %s", command, output, errors)
                .isEqualTo(code);
        return this;
    }

    /** The answer or report that it ended with. */
    JsonNode answer() {
        List<JsonNode> lines = output.stream().map(CliRun::parse).toList();
        assertThat(lines).as("output of '%s'", command).isNotEmpty();
        return lines.get(lines.size() - 1);
    }

    /** The revision that a status says is live; empty where it says that none is. */
    String liveRevision() {
        return answer().at("/live/revision").asText();
    }

    /** A list of texts in the answer, such as {@code notices}. */
    List<String> texts(String name) {
        return StreamSupport.stream(answer().path(name).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** What failed. */
    String failure() {
        return answer().at("/failure/message").asText();
    }

    /** How to mend it. */
    String remedy() {
        return answer().at("/failure/remedy").asText();
    }
}
