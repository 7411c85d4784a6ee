package io.deployflow.cli.story;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The steps of a deploy over SSH, each of which can be held in its middle: on the first host, or on this machine. */
enum DeployStep {
    PREFLIGHT("readlink", "current", "unchanged"),
    BUILD("", "", "unchanged"),
    STAGING("mv", "tree releases/", "unchanged"),
    PREPARE("mv", "switching", "restored"),
    SWITCH("mv", "-T", "restored"),
    RESTART("env", "step=restart", "restored"),
    HEALTH("env", "step=health of not yet", "restored"),
    CLEANUP("mv", "/good", "deployed");

    private final String program;
    private final String text;
    /** What a deploy comes to that is interrupted here. */
    final String outcome;

    DeployStep(String program, String text, String outcome) {
        this.program = program;
        this.text = text;
        this.outcome = outcome;
    }

    /** What is said then of a host whose link {@code current} says this. */
    String told(String current) {
        return switch (this) {
            case CLEANUP -> "switched serves " + current.replace("releases/", "");
            case PREPARE -> "unchanged serves " + current;
            default -> "restored serves again " + current;
        };
    }

    /** What the hosts' restart, the hosts' health check and this machine's build must call for that. */
    static String commands(Path folder) {
        return """
                    build: ["[ ! -e %1$s/hold ] || { : > %1$s/waits; while [ -e %1$s/hold ]; do sleep 0.1; done; }"]
                    restart: env step=restart true
                    health: { command: "env \\"step=health of $(cat greeting.txt)\\" true", within: 10s }
                """.formatted(folder);
    }

    /** Makes the next deploy stop in this step. */
    Held hold(Hosts hosts, Path folder) {
        return this == BUILD ? HeldBuild.set(folder) : HeldOnHost.of(hosts.hold(0, program, text));
    }

    /** A step that is held. */
    interface Held extends AutoCloseable {
        void awaitReached();

        /** Lets it go on. */
        void goOn();

        @Override
        void close();
    }

    private record HeldOnHost(HeldProgram program) implements Held {
        static Held of(HeldProgram program) {
            return new HeldOnHost(program);
        }

        @Override
        public void awaitReached() {
            program.awaitHost();
        }

        @Override
        public void goOn() {
            program.goOn();
        }

        /** Whatever is still held never happens. */
        @Override
        public void close() {
            program.close();
        }
    }

    private record HeldBuild(Path folder) implements Held {
        static Held set(Path folder) {
            try {
                Files.createFile(folder.resolve("hold"));
                return new HeldBuild(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void awaitReached() {
            await("the build runs").atMost(Duration.ofMinutes(1)).until(() -> Files.exists(folder.resolve("waits")));
        }

        @Override
        public void goOn() {
            close();
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(folder.resolve("hold"));
                Files.deleteIfExists(folder.resolve("waits"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
