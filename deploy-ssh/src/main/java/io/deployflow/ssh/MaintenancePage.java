package io.deployflow.ssh;

import io.deployflow.Maintenance;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        List<String> unlinked = Collections.synchronizedList(new ArrayList<>());
        OperationResult result = OperationResults.of(
                target.fleet().onEach(context, shell -> putUp(shell, script, page, unlinked, context)));
        warn(unlinked, context);
        return result;
    }

    private void warn(List<String> unlinked, DeployContext context) {
        if (!unlinked.isEmpty()) {
            String where = unlinked.size() == target.fleet().shells().size() ? "" : String.join(", ", unlinked) + ": ";
            context.warn(("%sthe live release does not have %s, so the web server may not show it;"
                            + " put its directory into 'linked_dirs' and deploy")
                    .formatted(where, target.maintenance().file()));
        }
    }

    private static String note(Maintenance wanted, DeployContext context) {
        Optional<String> until = wanted.until().map(text -> "until " + text);
        String why = wanted.reason()
                .map(reason -> until.map(end -> reason + ", " + end).orElse(reason))
                .or(() -> until)
                .orElse("");
        return ManualOwner.of(Optional.of(why), context).text();
    }

    private static Path written(String page, DeployContext context) {
        try {
            return Files.writeString(context.workDirectory().resolve("maintenance.html"), page);
        } catch (IOException e) {
            throw new UncheckedIOException("the maintenance page cannot be written here", e);
        }
    }

    private OperationResults.Done putUp(
            RemoteShell shell, String script, Path page, List<String> unlinked, DeployContext context) {
        CommandResult result =
                shell.send(page, script, sent -> {}, context.cancellation()).orFail("putting the maintenance page up");
        if (result.output().contains("unlinked")) {
            unlinked.add(shell.label());
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
