package io.deployflow.internal.circleci;

import io.deployflow.internal.config.yaml.Node;
import java.util.List;

/**
 * A script, and where it stands.
 *
 * @param text the script
 * @param line the file's line in which its first one stands
 */
record Script(String text, int line) {

    /**
     * The script of a node.
     *
     * @param lines the file's
     */
    static Script of(Node node, String text, List<String> lines) {
        int line = node.location().line();
        String start = lines.get(line - 1)
                .substring(Math.min(
                        node.location().column() - 1, lines.get(line - 1).length()));
        // A block begins in the line after its mark.
        return new Script(text, start.startsWith("|") || start.startsWith(">") ? line + 1 : line);
    }

    /** The file's line of a place in the text. */
    int lineAt(int offset) {
        return line
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
