package io.deployflow.ecs;

import java.nio.file.Path;

/** Files in a source such as few images have, and what a container with them shows. */
final class StrangeFiles {
    /** A command for the shell, in the folder: the greeting, who runs it, and the strange files. */
    static final String SHOW = """
            cat greeting; echo; id -u; cd odd; stat -c '%a %h %s %n' tool twin
            cat "$(printf 'caf\\351')"; find . -name deep -exec cat {} +""";

    /** What it prints after the greeting, run by the user 1000. */
    static final String SHOWN = "\n1000\n4755 1 1 tool\n4755 1 1 twin\nyz";

    /** One with a setuid bit and two names, one whose name is no UTF-8, and one whose path no old tar could name. */
    private static final String WRITE = """
            mkdir "$1/odd" && cd "$1/odd" || exit 1
            printf x > tool && chmod 4755 tool && ln tool twin || exit 1
            printf y > "$(printf 'caf\\351')" || exit 1
            for level in 1 2 3 4 5 6; do
                next=$(printf 'level-%050d' $level) && mkdir "$next" && cd "$next" || exit 1
            done
            printf z > deep""";

    private StrangeFiles() {}

    static void write(Path source) {
        LocalTool.run("sh", "-c", WRITE, "sh", source.toString());
    }

    static void remove(Path source) {
        LocalTool.run("rm", "-r", source.resolve("odd").toString());
    }
}
