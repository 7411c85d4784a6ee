package io.deployflow.internal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the {@code git} command. */
record Git(Path directory) {

    /** What a question gave: git's answer, or what it complained of. */
    record Answer(int status, String output, String complaint) {
        boolean isSuccess() {
            return status == 0;
        }

        String text() {
            return output.strip();
        }
    }

    /** Whether a directory is in a work tree of git; without a git command nothing is. */
    static boolean isWorkTree(Path directory) {
        try {
            return new Git(directory)
                    .ask("rev-parse", "--is-inside-work-tree")
                    .text()
                    .equals("true");
        } catch (IOException e) {
            return false;
        }
    }

    Answer ask(String... words) throws IOException {
        Process process = new ProcessBuilder(command(words))
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        ErrorText errors = ErrorText.of(process);
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(await(process), answer, errors.text());
    }

    /** Unpacks a commit's files below this directory into another one, as {@code git archive} gives them. */
    Answer export(String commit, Path into) throws IOException {
        // The umask is fixed so that the same commit has the same modes on every machine.
        ProcessBuilder archive = new ProcessBuilder(command("-c", "tar.umask=0022", "archive", "--format=tar", commit))
                .directory(directory.toFile());
        ProcessBuilder unpack = new ProcessBuilder("tar", "-xpf", "-", "-C", into.toString());
        List<Process> pipeline = ProcessBuilder.startPipeline(List.of(archive, unpack));
        List<ErrorText> errors = pipeline.stream().map(ErrorText::of).toList();
        int first = await(pipeline.get(0));
        int last = await(pipeline.get(1));
        String complaint = errors.get(0).text() + errors.get(1).text();
        return new Answer(first == 0 ? last : first, "", complaint);
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        return command;
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("interrupted while waiting for git", e);
        }
    }
}
