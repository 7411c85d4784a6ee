package io.deployflow.ecs;

import io.deployflow.sandbox.docker.ImageStore;

/**
 * A base image of a shell and a few commands: what is shown is the same as with a large one, and a fraction is copied.
 */
final class TinyImage {
    /** The commands, what they are linked to, and nothing in between: links become what they lead to. */
    private static final String MAKE = """
            docker run --rm --network=none "$1" sh -c '
                cd / && tar -ch $(for tool in sh cat id stat find; do
                    echo bin/$tool; ldd bin/$tool | grep -o "/[^ ]*" | cut -c2-
                done | sort -u)' | docker import - "$2"
            """;

    private TinyImage() {}

    /**
     * Makes it on Docker's engine.
     *
     * @param images where what it is made of comes from
     * @param name what it is called there
     */
    static void make(ImageStore images, String name) {
        LocalTool.run("sh", "-c", MAKE, "sh", images.ensureBase(), name);
    }
}
