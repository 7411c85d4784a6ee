package io.deployflow.ssh;

import io.deployflow.Maintenance;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts the maintenance page up on every host, or takes it down; a host that fails does not keep the others.
 *
 * @param template what the page looks like, if the team has its own
 */
record MaintenancePage(SshTarget target, Optional<Path> template) {

    /** See {@link io.deployflow.spi.TargetOperations#maintenance}. */
    OperationResult set(Maintenance wanted, DeployContext context) {
        if (!wanted.on()) {
            return OperationResults.of(target.fleet().onEach(context, shell -> takeDown(shell, context)));
        }
        Path page =
                written(MaintenanceHtml.page(template.map(context.application().source()::resolve), wanted), context);
        String script = target.maintenance().up(page.toFile().length(), note(wanted, context));
        return OperationResults.of(target.fleet().onEach(context, shell -> putUp(shell, script, page, context)));
    }

    private static String note(Maintenance wanted, DeployContext context) {
        Optional<String> until = wanted.until().map(text -> "until " + text);
        String why = wanted.reason()
                .map(reason -> until.map(end -> reason + ", " + end).orElse(reason))
                .or(() -> until)
                .orElse("");
        return ManualLock.owner(Optional.of(why), context);
    }

    private static Path written(String page, DeployContext context) {
        try {
            return Files.writeString(context.workDirectory().resolve("maintenance.html"), page);
        } catch (IOException e) {
            throw new UncheckedIOException("the maintenance page cannot be written here", e);
        }
    }

    private OperationResults.Done putUp(RemoteShell shell, String script, Path page, DeployContext context) {
        CommandResult result =
                shell.send(page, script, sent -> {}, context.cancellation()).orFail("putting the maintenance page up");
        if (result.output().contains("unlinked")) {
            context.warn(("%s: the live release does not have %s, so its web server may not show it;"
                            + " add its directory to 'linked_dirs' and deploy")
                    .formatted(shell.label(), target.maintenance().file()));
        }
        return new OperationResults.Done("up", "shared/" + target.maintenance().file());
    }

    private OperationResults.Done takeDown(RemoteShell shell, DeployContext context) {
        String answer = shell.run(target.maintenance().down(), context.cancellation())
                .orFail("taking the maintenance page down")
                .lastLine();
        return answer.equals("already")
                ? new OperationResults.Done("down", "it was not up")
                : new OperationResults.Done(
                        "down", "removed shared/" + target.maintenance().file());
    }
}
