package io.deployflow.ssh.capistrano;

import io.deployflow.ssh.capistrano.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts Ruby into tokens. Comments are left out; what it cannot read becomes an {@code OPAQUE} token, never an error.
 */
final class Lexer {
    private static final Pattern NAME = Pattern.compile("[@$]*[\\p{L}_][\\p{L}\\p{N}_]*(?:[?!](?!=))?");
    private static final Pattern BARE_NAME = Pattern.compile("[@$]*[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9_]*(\\.[0-9]+)?");
    private static final Pattern HEREDOC = Pattern.compile("<<[~-]?([\"'`]?)([A-Z_a-z][A-Za-z0-9_]*)\\1");
    private static final Pattern SIGNS = Pattern.compile(
            "\\|\\|=|&&=|\\.\\.\\.|=>|->|==|!=|<=|>=|&&|\\|\\||\\+=|<<|&\\.|\\.\\.|=~|\\*\\*|::|.", Pattern.DOTALL);
    private static final Pattern PERCENT = Pattern.compile("%([wWiIqQ]?)([^\\p{L}\\p{N}\\s])");

    private final Cursor in;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<String> heredocs = new ArrayDeque<>();

    private Lexer(String text) {
        this.in = new Cursor(text);
    }

    /** The tokens of a text; a NEWLINE ends them. */
    static List<Token> cut(String text) {
        return new Lexer(text.replace("\r\n", "\n")).run();
    }

    private List<Token> run() {
        while (!in.atEnd()) {
            if (in.atLineStart() && in.skip("=begin")) {
                in.skipPast("\n=end");
                in.skipLine();
            } else if (in.atLineStart() && in.sees("__END__")) {
                break;
            } else {
                next(in.skipSpaces());
            }
        }
        add(Kind.NEWLINE, "", false);
        return List.copyOf(tokens);
    }

    private void next(boolean spaced) {
        if (in.atEnd() || in.skip("\\\n")) {
            return;
        }
        char c = in.peek();
        if (c == '\n') {
            newline();
        } else if (c == '#') {
            in.skipLine();
        } else if (c == '"' || c == '\'') {
            string(c, spaced);
        } else if (c == '`' || (c == '/' && beginsPattern(spaced))) {
            int line = in.line();
            in.quoted(c, c);
            in.match(BARE_NAME);
            tokens.add(new Token(Kind.OPAQUE, c == '`' ? "a shell command" : "a regular expression", line, spaced));
        } else if (c == '%' && beginsValue(spaced) && in.looksAt(PERCENT)) {
            percent(spaced);
        } else {
            plain(spaced);
        }
    }

    private void newline() {
        add(Kind.NEWLINE, "", false);
        in.advance();
        while (!heredocs.isEmpty()) {
            in.skipHeredoc(heredocs.remove());
        }
    }

    private void string(char quote, boolean spaced) {
        int line = in.line();
        String raw = in.quoted(quote, quote);
        if (in.sees(":") && !in.sees("::") && isKeyPlace()) {
            in.advance();
            tokens.add(new Token(Kind.LABEL, raw, line, spaced));
        } else {
            tokens.add(text(raw, quote == '"', quote, line, spaced));
        }
    }

    private static Token text(String raw, boolean template, char quote, int line, boolean spaced) {
        return template
                ? new Token(Kind.TEMPLATE, raw, line, spaced)
                : new Token(Kind.TEXT, raw.replace("\\" + quote, "" + quote).replace("\\\\", "\\"), line, spaced);
    }

    private void percent(boolean spaced) {
        int line = in.line();
        String type = in.match(PERCENT, 1);
        char open = in.previous();
        String raw = in.rest(open, closing(open));
        if (type.equalsIgnoreCase("w") || type.equalsIgnoreCase("i")) {
            boolean computed = raw.contains("#{") && type.equals("W");
            tokens.add(
                    new Token(computed ? Kind.OPAQUE : Kind.WORDS, raw.strip().replaceAll("\\s+", " "), line, spaced));
        } else {
            tokens.add(text(raw, !type.equals("q"), closing(open), line, spaced));
        }
    }

    private void plain(boolean spaced) {
        int line = in.line();
        String text;
        if (in.looksAt(HEREDOC) && beginsValue(spaced)) {
            heredocs.add(in.match(HEREDOC, 2));
            tokens.add(new Token(Kind.OPAQUE, "a heredoc", line, spaced));
        } else if ((text = in.match(NUMBER)) != null) {
            tokens.add(new Token(text.contains(".") ? Kind.OPAQUE : Kind.NUMBER, text.replace("_", ""), line, spaced));
        } else if (in.sees(":\"") && beginsValue(true)) {
            in.advance();
            tokens.add(new Token(Kind.SYMBOL, in.quoted('"', '"'), line, spaced));
        } else if (in.sees(":") && !in.sees("::") && in.looksAt(1, NAME)) {
            in.advance();
            add(Kind.SYMBOL, name(), spaced);
        } else if (in.looksAt(BARE_NAME)) {
            String name = name();
            boolean label = in.sees(":") && !in.sees("::") && isKeyPlace();
            if (label) {
                in.advance();
            }
            tokens.add(new Token(label ? Kind.LABEL : Kind.WORD, name, line, spaced));
        } else {
            tokens.add(new Token(Kind.SIGN, String.valueOf(in.match(SIGNS)), line, spaced));
        }
    }

    private String name() {
        String name = in.match(NAME);
        return name != null ? name : String.valueOf(in.match(BARE_NAME));
    }

    // Not the second part of a ? b : c.
    private boolean isKeyPlace() {
        for (int i = tokens.size() - 1; i >= 0 && tokens.get(i).kind() != Kind.NEWLINE; i--) {
            if (tokens.get(i).is("?")) {
                return false;
            }
        }
        return true;
    }

    private boolean beginsValue(boolean spaced) {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        return last == null || !last.endsValue() || (last.kind() == Kind.WORD && spaced);
    }

    private boolean beginsPattern(boolean spaced) {
        return beginsValue(spaced) && !in.sees("/ ");
    }

    private void add(Kind kind, String text, boolean spaced) {
        tokens.add(new Token(kind, text, in.line(), spaced));
    }

    private static char closing(char open) {
        return switch (open) {
            case '(' -> ')';
            case '[' -> ']';
            case '{' -> '}';
            case '<' -> '>';
            default -> open;
        };
    }
}
