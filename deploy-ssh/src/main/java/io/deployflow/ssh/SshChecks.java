package io.deployflow.ssh;

import io.deployflow.Check;
import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at everything that a deploy needs on every host; by what a deploy and {@code status} look with. */
record SshChecks(SshTarget target, SshSettings settings) implements TargetChecks {
    private static final String HOST = "host";

    @Override
    public List<Check> verify(DeployContext context) {
        return target.fleet().onEach(context, shell -> host(shell, context)).all().stream()
                .flatMap(outcome -> outcome.value()
                        .map(List::stream)
                        .orElseGet(() -> Stream.of(
                                away(outcome.label(), outcome.failure().orElseThrow()))))
                .toList();
    }

    /** Of a host that cannot be asked nothing is known but that. */
    private static Check away(String label, RuntimeException why) {
        String remedy = why instanceof DeployException known ? known.remedy() : "";
        return Check.unknown(
                HOST,
                label,
                String.valueOf(why.getMessage()).replaceFirst("^\\Q" + label + "\\E: ", ""),
                remedy.isEmpty() ? "See whether 'ssh' reaches it from here." : remedy);
    }

    private List<Check> host(RemoteShell shell, DeployContext context) {
        HostRoom room = HostRoom.parse(shell.run(new RoomCommands(settings.deployTo()).ask(), context.cancellation())
                .orFail("looking for room")
                .output());
        if (room.shut().isPresent()) {
            return HostChecks.ofShut(shell.label(), room.shut().get());
        }
        HostState state = target.survey(shell, context.cancellation());
        List<Check> checks = new ArrayList<>(HostChecks.of(shell.label(), state, room, settings));
        health(shell, state, context).ifPresent(checks::add);
        return checks;
    }

    /** Only of what is live: where nothing is, nothing can answer. */
    private Optional<Check> health(RemoteShell shell, HostState state, DeployContext context) {
        Optional<SshRelease> live = state.live().flatMap(state::release);
        if (settings.health().isEmpty() || live.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(target.health()
                .ask(shell, live.get(), state.current().orElseThrow(), context.cancellation())
                .map(problem -> Check.failed(
                        "health",
                        shell.label(),
                        problem,
                        "Mend what is live or the health check: a deploy is judged by the same."))
                .orElseGet(() -> Check.ok("health", shell.label(), live.get().id() + " answers as 'health' expects")));
    }
}
