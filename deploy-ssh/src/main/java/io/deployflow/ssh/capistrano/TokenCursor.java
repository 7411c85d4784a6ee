package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Token.Kind;
import java.util.List;

/** A place among the tokens of one statement. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> all) {
        this.tokens = all.stream().filter(token -> token.kind() != Kind.NEWLINE).toList();
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** Whether this operator, bracket, name or keyword comes next. */
    boolean sees(String sign) {
        return !atEnd() && tokens.get(at).is(sign);
    }

    boolean seesLabel() {
        return !atEnd() && tokens.get(at).kind() == Kind.LABEL;
    }

    Token next() {
        if (atEnd()) {
            throw new NotSimple("an expression without an end");
        }
        return tokens.get(at++);
    }

    boolean skip(String sign) {
        boolean there = sees(sign);
        at += there ? 1 : 0;
        return there;
    }

    void expect(String sign) {
        if (!skip(sign)) {
            throw notExpected();
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw notExpected();
        }
    }

    NotSimple notExpected() {
        return new NotSimple(
                atEnd() ? "an expression without an end" : "'" + tokens.get(at).text() + "'");
    }

    int place() {
        return at;
    }

    /** Whether an entry of a list or a hash has ended. */
    boolean atEntrysEnd() {
        return atEnd() || sees(",") || closes(tokens.get(at));
    }

    /** Goes to the end of the entry that began at a place. */
    void skipEntry(int from) {
        int depth = 0;
        for (at = from; !atEnd() && !(depth == 0 && atEntrysEnd()); at++) {
            depth += opens(tokens.get(at)) ? 1 : closes(tokens.get(at)) ? -1 : 0;
        }
    }

    /** Whether one pair of parentheses stands around all of it. */
    boolean isWrapped() {
        if (tokens.isEmpty() || !tokens.get(0).is("(")) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
            if (depth == 0) {
                return i == tokens.size() - 1;
            }
        }
        return false;
    }

    private static boolean opens(Token token) {
        return token.is("(") || token.is("[") || token.is("{");
    }

    private static boolean closes(Token token) {
        return token.is(")") || token.is("]") || token.is("}");
    }
}
