package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Groups tokens into statements: a statement goes on over lines while a bracket is open or an operator waits. */
final class Statements {
    private static final Set<String> OPENERS =
            Set.of("if", "unless", "while", "until", "case", "for", "begin", "def", "class", "module");
    private static final Set<String> LOOPS = Set.of("while", "until", "for");
    private static final Set<String> MIDDLES = Set.of("else", "elsif", "when", "in", "rescue", "ensure", "then");
    private static final Set<String> WAITING =
            Set.of(",", "+", "&&", "||", ".", "&.", "=", "=>", "||=", "+=", "<<", "->", "and", "or", "not");

    private final List<Token> tokens;
    private int at;

    private Statements(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The statements of a file. */
    static List<Statement> of(String text) {
        Statements parser = new Statements(Lexer.cut(text));
        List<Statement> all = new ArrayList<>();
        while (parser.at < parser.tokens.size()) {
            all.addAll(parser.block());
        }
        return List.copyOf(all);
    }

    /** Up to the {@code end} that closes what was opened last, or to the end of the text. */
    private List<Statement> block() {
        List<Statement> statements = new ArrayList<>();
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (token.is("end")) {
                at++;
                break;
            } else if (token.kind() == Kind.NEWLINE || token.is(";") || MIDDLES.contains(word(token))) {
                at++;
            } else {
                statements.add(statement());
            }
        }
        return statements;
    }

    private Statement statement() {
        List<Token> head = new ArrayList<>();
        int depth = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at++);
            if (token.kind() == Kind.NEWLINE || (token.is(";") && depth == 0)) {
                if (depth == 0 && !goesOn(head)) {
                    break;
                }
                continue;
            }
            String opener = depth == 0 ? opener(token, head) : "";
            if (!opener.isEmpty()) {
                return withBody(head, token, opener);
            }
            if (token.kind() == Kind.SIGN) {
                depth += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            }
            head.add(token);
            if (depth < 0) {
                break;
            }
        }
        return new Statement(List.copyOf(head), "", List.of());
    }

    private boolean goesOn(List<Token> head) {
        if (WAITING.contains(head.get(head.size() - 1).text())
                && head.get(head.size() - 1).kind() != Kind.TEXT) {
            return true;
        }
        for (int next = at; next < tokens.size(); next++) {
            if (tokens.get(next).kind() != Kind.NEWLINE) {
                return tokens.get(next).is(".") || tokens.get(next).is("&.");
            }
        }
        return false;
    }

    private static String opener(Token token, List<Token> head) {
        String word = word(token);
        boolean first = head.isEmpty()
                || head.get(head.size() - 1).is("=")
                || head.get(head.size() - 1).is("||=");
        boolean called = !head.isEmpty() && head.get(head.size() - 1).is(".");
        return (word.equals("do") && !called) || (first && OPENERS.contains(word)) ? word : "";
    }

    private Statement withBody(List<Token> head, Token opener, String word) {
        if (head.isEmpty()) {
            head.add(opener);
        }
        if (!word.equals("do")) {
            condition(head, LOOPS.contains(word));
        } else if (at < tokens.size() && tokens.get(at).is("|")) {
            at++;
            while (at < tokens.size() && !tokens.get(at++).is("|")) {}
        }
        // def name = value has no end.
        boolean ended = word.equals("def") && head.stream().anyMatch(token -> token.is("=") && token.spaced());
        return new Statement(List.copyOf(head), word, ended ? List.of() : block());
    }

    // Up to the end of the line; the do of a loop opens nothing of its own.
    private void condition(List<Token> head, boolean loop) {
        while (at < tokens.size()
                && tokens.get(at).kind() != Kind.NEWLINE
                && !tokens.get(at).is(";")) {
            Token token = tokens.get(at++);
            if (token.is("then") || (loop && token.is("do"))) {
                return;
            }
            head.add(token);
        }
    }

    private static String word(Token token) {
        return token.kind() == Kind.WORD ? token.text() : "";
    }
}
