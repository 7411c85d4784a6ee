package io.deployflow.internal.circleci;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a script what cannot have been meant. */
final class ShellLint {
    private static final Pattern LITERAL_TEST =
            Pattern.compile("\\[\\[?\\s+(!\\s+)?-([nz])\\s+([A-Za-z0-9_./-]+|\"[^\"$`]*\"|'[^']*')\\s+]");
    private static final Pattern PIPED_TO_TRUE = Pattern.compile("(?<!\\|)\\|\\s*true\\b");
    private static final Pattern COMMIT = Pattern.compile("git\\s+commit\\b");
    private static final Pattern COMMIT_GUARD =
            Pattern.compile("--allow-empty|git\\s+diff\\b[^\\n]*--(quiet|exit-code)|git\\s+status\\b|\\|\\|");

    private final Notes notes;

    ShellLint(Notes notes) {
        this.notes = notes;
    }

    void check(Script script) {
        Matcher test = LITERAL_TEST.matcher(script.text());
        while (test.find()) {
            boolean isTrue = test.group(2).equals("n") == (test.group(1) == null);
            notes.mistake(
                    script.lineAt(test.start()),
                    "'" + test.group() + "' is always " + isTrue + ": it tests the word " + test.group(3)
                            + ", not a variable",
                    "Write \"$" + test.group(3).replaceAll("[\"']", "") + "\".");
        }
        Matcher pipe = PIPED_TO_TRUE.matcher(script.text());
        while (pipe.find()) {
            notes.mistake(
                    script.lineAt(pipe.start()),
                    "'| true' swallows the error and the output of the command before it",
                    "Write '|| true' where the command may fail; better, test for what it needs.");
        }
        Matcher commit = COMMIT.matcher(script.text());
        if (commit.find() && !COMMIT_GUARD.matcher(script.text()).find()) {
            notes.mistake(
                    script.lineAt(commit.start()),
                    "'git commit' fails, and the job with it, where nothing changed",
                    "The step publish_docs commits only what changed, and rebases where somebody pushed meanwhile.");
        }
    }
}
