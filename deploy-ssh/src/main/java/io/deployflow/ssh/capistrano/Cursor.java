package io.deployflow.ssh.capistrano;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a text, and the number of its line. */
final class Cursor {
    private final String text;
    private int at;
    private int line = 1;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean atLineStart() {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    int line() {
        return line;
    }

    char peek() {
        return text.charAt(at);
    }

    char previous() {
        return text.charAt(at - 1);
    }

    boolean sees(String word) {
        return text.startsWith(word, at);
    }

    boolean looksAt(Pattern pattern) {
        return looksAt(0, pattern);
    }

    boolean looksAt(int ahead, Pattern pattern) {
        return at + ahead <= text.length()
                && pattern.matcher(text).region(at + ahead, text.length()).lookingAt();
    }

    void advance() {
        if (!atEnd()) {
            line += text.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
    }

    boolean skip(String word) {
        boolean there = sees(word);
        if (there) {
            to(at + word.length());
        }
        return there;
    }

    private void to(int end) {
        while (at < end && !atEnd()) {
            advance();
        }
    }

    boolean skipSpaces() {
        int from = at;
        while (!atEnd() && " \t\f".indexOf(peek()) >= 0) {
            advance();
        }
        return at > from;
    }

    void skipLine() {
        while (!atEnd() && peek() != '\n') {
            advance();
        }
    }

    void skipPast(String word) {
        int found = text.indexOf(word, at);
        to(found < 0 ? text.length() : found + word.length());
    }

    void skipHeredoc(String end) {
        while (!atEnd()) {
            int from = at;
            skipLine();
            String body = text.substring(from, at);
            advance();
            if (body.strip().equals(end)) {
                return;
            }
        }
    }

    @Nullable
    String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        to(matcher.end());
        return matcher.group();
    }

    String match(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalStateException("only called where it matches");
        }
        to(matcher.end());
        return String.valueOf(matcher.group(group));
    }

    /** What stands between quotes; ends after the second one, or at the text's end. */
    String quoted(char open, char close) {
        advance();
        return rest(open, close);
    }

    /** The same when the first quote has been read. */
    String rest(char open, char close) {
        int from = at;
        int depth = 1;
        while (!atEnd()) {
            char c = peek();
            if (c == '\\') {
                advance();
            } else if (c == '#' && sees("#{") && close != '\'') {
                skipInterpolation();
                continue;
            } else if (c == close && --depth == 0) {
                break;
            } else if (c == open && open != close) {
                depth++;
            }
            advance();
        }
        String inner = text.substring(from, Math.min(at, text.length()));
        advance();
        return inner;
    }

    private void skipInterpolation() {
        int depth = 0;
        do {
            char c = peek();
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            advance();
            if (!atEnd() && depth > 0 && (peek() == '"' || peek() == '\'')) {
                quoted(peek(), peek());
            }
        } while (!atEnd() && (depth > 0 || previous() == '#'));
    }
}
