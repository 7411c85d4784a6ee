package io.deployflow.ssh;

import io.deployflow.spi.DeployContext;

/** Makes the application on a host serve what {@code current} links to. */
record Restart(SshTarget target) {
    /** Runs the restart command in the directory that a link's text names; nothing where there is none. */
    void run(RemoteShell shell, String link, DeployContext context) {
        target.restart()
                .ifPresent(command -> shell.run(
                                target.commands().runIn(link, command),
                                line -> context.output(shell.label(), line),
                                context.cancellation())
                        .orFail("restart '" + command + "'"));
    }
}
