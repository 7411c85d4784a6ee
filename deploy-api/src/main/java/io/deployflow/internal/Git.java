package io.deployflow.internal;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.Revision;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the {@code git} command. Git may hang as long as what the repository is on: on a network, for one. So it is
 * ended, and whoever waits for it goes on, when nothing is wanted any more.
 *
 * @param directory where it is asked
 * @param until ends what git is doing
 */
public record Git(Path directory, CancellationToken until) {
    private static final Logger LOG = LoggerFactory.getLogger(Git.class);

    /** Asks in a directory, as long as it takes. */
    public Git(Path directory) {
        this(directory, CancellationToken.create());
    }

    /** By which git tells its hooks where they run. */
    public static final List<String> HOOK_VARIABLES =
            List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_QUARANTINE_PATH");

    /** What a question gave: git's answer, or what it complained of. */
    public record Answer(int status, String output, String complaint) {
        /** Whether git did what it should. */
        public boolean isSuccess() {
            return status == 0;
        }

        /** The answer without the line's end. */
        public String text() {
            return output.strip();
        }
    }

    /**
     * A directory's place in its work tree, and what a name means there, asked in one question.
     *
     * @param isWorkTree whether the directory is in a work tree
     * @param common the repository's own directory, from here; empty where there is none
     * @param prefix the directory from the work tree's root, with a slash behind it; empty at the root
     * @param commit the full id; empty if the name is no commit, branch or tag
     */
    public record Named(boolean isWorkTree, String common, String prefix, Optional<String> commit) {
        private static final int COMMIT = 3;

        /** Outside of any repository. */
        static final Named NOWHERE = new Named(false, "", "", Optional.empty());

        private static Optional<Named> of(List<String> lines) {
            return lines.size() < COMMIT
                    ? Optional.empty()
                    : Optional.of(new Named(
                            lines.get(0).equals("true"),
                            lines.get(1),
                            lines.get(2),
                            lines.stream().skip(COMMIT).findFirst()));
        }

        /**
         * Makes sure that a commit has the directory.
         *
         * @throws ConfigurationException if it does not
         */
        void requireIn(Revision revision, Git git) throws IOException {
            if (!prefix.isEmpty()
                    && !git.ask("cat-file", "-e", revision.id() + ":" + prefix).isSuccess()) {
                throw new ConfigurationException(
                        "commit %s has no directory %s".formatted(revision.shortId(), prefix),
                        "Commit it, name a revision that has it, or correct 'source' in deploy.yml.");
            }
        }
    }

    /**
     * Tells where the directory is, and what a name means there.
     *
     * @throws ConfigurationException if there is a repository, and git cannot or will not look at it
     */
    public Named name(String name) {
        try {
            Answer answer = ask(
                    "rev-parse",
                    "--is-inside-work-tree",
                    "--git-common-dir",
                    "--show-prefix",
                    "--verify",
                    "--quiet",
                    "--end-of-options",
                    name + "^{commit}");
            return Named.of(answer.output().lines().toList())
                    .orElseGet(() -> GitRefusal.orNowhere(directory, answer.complaint()));
        } catch (IOException e) {
            return GitRefusal.orNowhere(directory, e);
        }
    }

    /** Asks one question. */
    public Answer ask(String... words) throws IOException {
        return asking(words).answer();
    }

    /** Asks one question, beside others. */
    Asked asking(String... words) throws IOException {
        return new Asked(this, start(Redirect.from(new File("/dev/null")), words));
    }

    /** A question whose answer is short, and still to come. */
    record Asked(Git git, Process process) {
        Answer answer() throws IOException {
            return git.answer(process, StandardCharsets.UTF_8);
        }
    }

    /** Asks about names that need not be text: bytes as chars (ISO-8859-1), in what is written and what is answered. */
    Answer askBytes(String input, String... words) throws IOException {
        return listening(words).answer(input);
    }

    /** Begins a question about names that are still to come, so that git has started by then. */
    Listening listening(String... words) throws IOException {
        return new Listening(this, start(Redirect.PIPE, words));
    }

    /** A question whose names are bytes as chars, as in {@link #askBytes}; where none come, closing it ends git. */
    record Listening(Git git, Process process) implements AutoCloseable {
        Answer answer(String input) throws IOException {
            // Aside: git may answer before it has read all.
            CompletableFuture<Void> writing = Aside.run(() -> write(process, input));
            Answer answer = git.answer(process, StandardCharsets.ISO_8859_1);
            writing.join();
            return answer;
        }

        @Override
        public void close() {
            write(process, "");
        }
    }

    /** Starts a conversation with a git command; its answers say what is wrong. */
    Process talk(String... words) throws IOException {
        return builder(words).redirectError(Redirect.DISCARD).start();
    }

    private Process start(Redirect input, String... words) throws IOException {
        return builder(words).redirectInput(input).start();
    }

    private Answer answer(Process process, Charset charset) throws IOException {
        try (CancellationToken.Registration end = endWith(process)) {
            ErrorText errors = ErrorText.of(process);
            String answer = new String(process.getInputStream().readAllBytes(), charset);
            return GitEndedException.require(new Answer(await(process), answer, errors.text()));
        }
    }

    /** Ends a process when nothing is wanted any more, with what it may have started: to fetch an object, for one. */
    CancellationToken.Registration endWith(Process process) {
        return until.onCancel(() -> {
            List<ProcessHandle> helpers = process.descendants().toList();
            // Not by the process itself: that would close what it still has to say to who waits for it.
            process.toHandle().destroyForcibly();
            helpers.forEach(ProcessHandle::destroyForcibly);
        });
    }

    private static void write(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It ended without reading all: its exit status says why.
            LOG.debug("{} did not read its input", process.info(), e);
        }
    }

    /** Unpacks a commit's files below this directory into another one, as {@code git archive} gives them. */
    Answer export(String commit, Path into) throws IOException {
        // The umask is fixed so that the same commit has the same modes on every machine.
        ProcessBuilder archive = builder("-c", "tar.umask=0022", "archive", "--format=tar", commit);
        ProcessBuilder unpack = new ProcessBuilder("tar", "-xpf", "-", "-C", into.toString());
        List<Process> pipeline = ProcessBuilder.startPipeline(List.of(archive, unpack));
        try (CancellationToken.Registration archiving = endWith(pipeline.get(0));
                CancellationToken.Registration unpacking = endWith(pipeline.get(1))) {
            List<ErrorText> errors = pipeline.stream().map(ErrorText::of).toList();
            int first = await(pipeline.get(0));
            int last = await(pipeline.get(1));
            String complaint = errors.get(0).text() + errors.get(1).text();
            return GitEndedException.require(new Answer(first == 0 ? last : first, "", complaint));
        }
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        ProcessBuilder asked = apart(new ProcessBuilder(command).directory(directory.toFile()));
        // A question that is not waited for any longer is killed: it must not hold the lock of the person's index then.
        asked.environment().put("GIT_OPTIONAL_LOCKS", "0");
        return asked;
    }

    /** A hook of git's has variables set by which every question would be about the hook's repository. */
    static ProcessBuilder apart(ProcessBuilder builder) {
        HOOK_VARIABLES.forEach(builder.environment()::remove);
        return builder;
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
