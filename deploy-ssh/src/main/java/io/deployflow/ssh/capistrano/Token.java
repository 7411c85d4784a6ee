package io.deployflow.ssh.capistrano;

/**
 * A word of Ruby.
 *
 * @param kind what it is
 * @param text its text without quotes, colons and escapes; of a {@code TEMPLATE} as it stands between the quotes
 * @param line where it begins, from 1
 * @param spaced whether a space stands before it
 */
record Token(Kind kind, String text, int line, boolean spaced) {
    /** What a token is. */
    enum Kind {
        /** A name, a constant or a keyword. */
        WORD,
        /** {@code name:} before a value. */
        LABEL,
        /** {@code :name}. */
        SYMBOL,
        /** A string as it is. */
        TEXT,
        /** A string with escapes and {@code #{...}}. */
        TEMPLATE,
        /** Words in {@code %w[...]}, by single spaces. */
        WORDS,
        /** A whole number. */
        NUMBER,
        /** An operator or a bracket. */
        SIGN,
        /** A regular expression, a heredoc, a command in backticks: not read. */
        OPAQUE,
        /** The end of a line. */
        NEWLINE
    }

    /** Whether it is this operator, bracket, name or keyword. */
    boolean is(String sign) {
        return (kind == Kind.SIGN || kind == Kind.WORD) && text.equals(sign);
    }

    /** Whether a value can end with it, so that what follows is an operator. */
    boolean endsValue() {
        return switch (kind) {
            case LABEL, NEWLINE -> false;
            case SIGN -> text.equals(")") || text.equals("]") || text.equals("}");
            default -> true;
        };
    }
}
