package io.deployflow.ssh;

import io.deployflow.CancellationToken;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides on each host whether a release serves.
 *
 * @param health what to ask; without it, every release serves
 * @param commands makes the scripts
 */
record HealthGate(Optional<HealthSettings> health, ReleaseCommands commands) {
    private static final Poller POLLER =
            new Poller(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5));
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);
    private static final int QUOTED = 200;

    /**
     * Asks until the host passes.
     *
     * @param release what should answer
     * @param link its link's text
     * @return the last thing that was wrong, if it did not pass in time
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    Optional<String> await(RemoteShell shell, SshRelease release, String link, CancellationToken cancellation) {
        if (health.isEmpty()) {
            return Optional.empty();
        }
        Duration within = health.get().within();
        AtomicReference<String> problem = new AtomicReference<>("");
        Optional<Boolean> passed = POLLER.ask(within, cancellation, () -> {
            Optional<String> wrong = ask(shell, release, link, cancellation);
            wrong.ifPresent(problem::set);
            return wrong.isPresent() ? Optional.empty() : Optional.of(true);
        });
        return passed.isPresent()
                ? Optional.empty()
                : Optional.of("not healthy within %d s: %s".formatted(within.toSeconds(), problem.get()));
    }

    /** Asks once; what is wrong, if anything is. */
    Optional<String> ask(RemoteShell shell, SshRelease release, String link, CancellationToken cancellation) {
        if (health.isEmpty()) {
            return Optional.empty();
        }
        HealthSettings asked = health.get();
        Optional<String> expected = asked.expect()
                .map(text -> text.replace("{revision}", release.revision()).replace("{release}", release.id()));
        return asked.url().isPresent()
                ? askUrl(shell, HealthUrl.of(asked.url().get()), expected, cancellation)
                : runCommand(shell, link, asked.command().orElseThrow(), expected, cancellation);
    }

    private static Optional<String> askUrl(
            RemoteShell shell, HealthUrl url, Optional<String> expected, CancellationToken cancellation) {
        String asked = "http://" + url.authority() + url.path();
        HostConnection connection = shell.connect(cancellation);
        try {
            int port = connection.forward(url.host(), url.port());
            try {
                HttpProbe.Answer answer = HttpProbe.ask(url, port, ONE_ANSWER);
                return answer.isOk()
                        ? missing(asked, answer.body(), expected)
                        : Optional.of("%s answered %d: %s".formatted(asked, answer.status(), quote(answer.body())));
            } finally {
                connection.unforward(port);
            }
        } catch (IOException e) {
            return Optional.of(asked + ": " + e.getMessage());
        }
    }

    private Optional<String> runCommand(
            RemoteShell shell, String link, String command, Optional<String> expected, CancellationToken cancellation) {
        Duration within = health.orElseThrow().within();
        try {
            CommandResult result = shell.run(commands.runIn(link, command), within, line -> {}, cancellation);
            return result.status() == 0
                    ? missing("'" + command + "'", String.join("\n", result.output()), expected)
                    : Optional.of("'%s' failed: %s".formatted(command, result.why()));
        } catch (HostFailure e) {
            // What hangs is not healthy; that must not keep the deploy out that mends it.
            return Optional.of("'%s': %s".formatted(command, e.getMessage()));
        }
    }

    private static Optional<String> missing(String asked, String answer, Optional<String> expected) {
        return expected.filter(text -> !answer.contains(text))
                .map(text -> "%s answered without '%s': %s".formatted(asked, text, quote(answer)));
    }

    private static String quote(String answer) {
        String line = answer.strip().replaceAll("\\s+", " ");
        return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "...";
    }
}
