package io.deployflow.ssh;

import io.deployflow.Manifest.Kind;

/** Permission bits as programs on a host write and take them. */
final class Modes {
    /** What the owner needs to look into a directory and to change it. */
    static final int OPEN = 0700;

    private static final int BITS_A_CLASS = 3;
    private static final int STICKY = 01000;

    private Modes() {}

    /** What {@code ls} and {@code stat} show, such as {@code drwxr-sr-x}. */
    static String shown(Kind kind, int mode) {
        StringBuilder text = new StringBuilder(kind == Kind.DIRECTORY ? "d" : "-");
        for (int i = 2; i >= 0; i--) {
            int bits = mode >> (i * BITS_A_CLASS);
            boolean special = i == 0 ? (mode & STICKY) != 0 : (mode & (STICKY << i)) != 0;
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
            text.append(last((bits & 1) != 0, special, i == 0 ? 't' : 's'));
        }
        return text.toString();
    }

    private static char last(boolean executable, boolean special, char letter) {
        if (special) {
            return executable ? letter : Character.toUpperCase(letter);
        }
        return executable ? 'x' : '-';
    }

    /**
     * What {@code chmod} takes to give a directory the mode that is shown. In letters: numbers leave the set-group bit
     * of a directory as it is.
     */
    static String forChmod(String shown) {
        String sticky = "tT".indexOf(shown.charAt(shown.length() - 1)) >= 0 ? ",+t" : ",-t";
        return "u-s,g-s,u=%s,g=%s,o=%s".formatted(of(shown, 1), of(shown, 4), of(shown, 7)) + sticky;
    }

    private static String of(String shown, int from) {
        String letters = shown.substring(from, from + BITS_A_CLASS).replace("-", "");
        return letters.replace("s", "xs").replace("t", "x").replace("S", "s").replace("T", "");
    }
}
