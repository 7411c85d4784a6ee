package io.deployflow.ssh;

import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.Release.State;
import io.deployflow.spi.DeployContext;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs the commands that stand before and after phases. */
record Hooks(SshTarget target) {
    /**
     * Runs what stands before a phase, one command after the other, until one fails on a host.
     *
     * @param release what is deployed, once it is on the hosts
     * @param maker makes the phase's exception
     */
    Optional<DeployException> before(
            HookPhase phase, Optional<SshRelease> release, Outcomes.Maker maker, DeployContext context) {
        return run(phase, HookSettings::before, release, maker, context);
    }

    /** The same after a phase. */
    Optional<DeployException> after(
            HookPhase phase, Optional<SshRelease> release, Outcomes.Maker maker, DeployContext context) {
        return run(phase, HookSettings::after, release, maker, context);
    }

    private Optional<DeployException> run(
            HookPhase phase,
            Function<HookSettings, Optional<HookPhase>> side,
            Optional<SshRelease> release,
            Outcomes.Maker maker,
            DeployContext context) {
        for (HookSettings hook : at(phase, side, release)) {
            List<RemoteShell> hosts =
                    target.rules().roles().choose(hook, target.fleet().shells());
            if (hosts.isEmpty()) {
                context.warn("hook '" + hook.run() + "' ran nowhere: every host of its roles is skipped");
            }
            Optional<DeployException> failure = target.fleet()
                    .on(hosts, context, shell -> run(hook, shell, release, context))
                    .failure(maker);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** The commands that stand there, in their order. */
    List<HookSettings> at(
            HookPhase phase, Function<HookSettings, Optional<HookPhase>> side, Optional<SshRelease> release) {
        boolean again =
                release.filter(earlier -> earlier.state() != State.STAGED).isPresent();
        return target.rules().hooks().stream()
                .filter(hook -> side.apply(hook).equals(Optional.of(phase)))
                .filter(hook -> hook.rollback() || !again)
                .toList();
    }

    private CommandResult run(
            HookSettings hook, RemoteShell shell, Optional<SshRelease> release, DeployContext context) {
        String script = script(hook, exports(hook, shell, release, context), release);
        // What fails before the host is asked to run it leaves nothing that runs.
        shell.session(context.cancellation());
        try {
            return shell.hook(script, line -> context.output(shell.label(), line), context.cancellation())
                    .orFail("hook '" + hook.run() + "'");
        } catch (DeployCancelledException e) {
            warnOf(hook, shell, context);
            throw e;
        } catch (HostFailure e) {
            if (!e.outcomeKnown()) {
                warnOf(hook, shell, context);
            }
            throw e;
        }
    }

    private static void warnOf(HookSettings hook, RemoteShell shell, DeployContext context) {
        context.warn("hook '%s' may still be running on %s; the host stays locked until it has ended"
                .formatted(hook.run(), shell.label()));
    }

    /** The script of a hook as a plan may show it: the variables without their values. */
    String shown(HookSettings hook, Optional<SshRelease> release) {
        String names =
                String.join(", ", hook.environment().keySet().stream().sorted().toList());
        return script(hook, names.isEmpty() ? "" : "# with " + names + "\n", release);
    }

    /** The script of a hook with its environment. */
    private String script(HookSettings hook, String exports, Optional<SshRelease> release) {
        String directory = release.map(it -> ReleaseCommands.link(it.id())).orElse(".");
        return target.commands().runHook(directory, exports, hook.run());
    }

    private String exports(HookSettings hook, RemoteShell shell, Optional<SshRelease> release, DeployContext context) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("DEPLOYFLOW_TARGET", context.target());
        variables.put(
                "DEPLOYFLOW_ROLES", String.join(" ", target.rules().roles().named(shell)));
        release.ifPresent(it -> {
            variables.put("DEPLOYFLOW_RELEASE", it.id());
            variables.put("DEPLOYFLOW_REVISION", it.revision());
        });
        hook.environment().forEach((name, value) -> variables.put(name, value.reveal()));
        return variables.entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "=" + Sh.quote(variable.getValue()) + "\n")
                .collect(Collectors.joining());
    }
}
