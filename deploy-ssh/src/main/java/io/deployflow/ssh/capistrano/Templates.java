package io.deployflow.ssh.capistrano;

/** The inside of strings in double quotes. */
final class Templates {
    private Templates() {}

    /** Where the {@code #{...}} that begins at a place ends: the index of its brace. */
    static int end(String raw, int start) {
        int depth = 0;
        for (int i = start + 1; i < raw.length(); i++) {
            depth += raw.charAt(i) == '{' ? 1 : raw.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return raw.length();
    }

    /** The text with its escapes put in. */
    static String unescaped(String raw) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                c = raw.charAt(++i);
                text.append(
                        switch (c) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 's' -> ' ';
                            default -> c;
                        });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
