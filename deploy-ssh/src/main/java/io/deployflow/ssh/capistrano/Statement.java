package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Token.Kind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of Ruby, or a block.
 *
 * @param head its tokens, without those of its body
 * @param opener the keyword that opens its body, such as {@code do} or {@code if}; empty if it has none
 * @param body the statements up to its {@code end}
 */
record Statement(List<Token> head, String opener, List<Statement> body) {
    private static final int SHOWN = 60;

    int line() {
        return head.get(0).line();
    }

    /** Its first word; empty if it begins with something else. */
    String word() {
        return head.get(0).kind() == Kind.WORD ? head.get(0).text() : "";
    }

    /** What follows the first word. */
    List<Token> arguments() {
        return head.subList(1, head.size());
    }

    /** Whether it is done only under a condition that stands behind it. */
    boolean isConditional() {
        int depth = 0;
        for (Token token : head) {
            if (token.kind() == Kind.SIGN) {
                depth += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            } else if (depth == 0 && (token.is("if") || token.is("unless") || token.is("rescue"))) {
                return true;
            }
        }
        return false;
    }

    /** How it begins, for messages. */
    String shown() {
        String text = head.stream()
                .map(Statement::shown)
                .collect(Collectors.joining())
                .strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static String shown(Token token) {
        String text = token.text();
        return (token.spaced() ? " " : "")
                + switch (token.kind()) {
                    case LABEL -> text + ":";
                    case SYMBOL -> ":" + text;
                    // It may be a secret.
                    case TEXT, TEMPLATE -> "\"...\"";
                    case WORDS -> "%w[" + text + "]";
                    default -> text;
                };
    }
}
