package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.Phase;
import io.deployflow.PushException;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import io.deployflow.ssh.HookSettings.HookPhase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a hook that is not waited for any longer, on a host that is this machine. */
@Timeout(60)
class HooksTest {
    @TempDir
    private Path root;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountingHost machine = new CountingHost();
    private final CancellationToken token = CancellationToken.create();
    private final List<String> warnings = new ArrayList<>();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private Optional<DeployException> run(String command, Duration limit) {
        TestSettings settings = new TestSettings();
        settings.deployTo = root.toString();
        settings.commandTimeout = limit;
        settings.hooks = List.of(new HookSettings(
                Optional.of(HookPhase.PUSH), Optional.empty(), command, List.of(), false, Map.of(), false));
        Connections connections = new Connections(endpoint -> machine.connection(), Duration.ofSeconds(1));
        DeployContext context = context();
        try (SshTarget target = SshTarget.of(settings.make(), connections, (host, what) -> {});
                FleetLock lock = FleetLock.take(target, context)) {
            assertThat(lock).isNotNull();
            return new Hooks(target).before(HookPhase.PUSH, Optional.empty(), PushException::new, context);
        }
    }

    private DeployContext context() {
        return new DeployContext(
                new Application("shop", root),
                "classic",
                Phase.PUSH,
                "me@here",
                new NoSource(),
                root,
                this::told,
                token,
                Clock.systemUTC(),
                executor);
    }

    private void told(DeployEvent event) {
        if (event instanceof DeployEvent.Warning warning) {
            warnings.add(warning.message());
        } else if (event instanceof DeployEvent.Output output && output.line().equals("enough")) {
            token.cancel();
        }
    }

    @Test
    void run_whenCancelledInAHook_saysThatItMayRunOnAndKeepsTheLock() {
        assertThatThrownBy(() -> run("echo enough; sleep 20", Duration.ofSeconds(20)))
                .isInstanceOf(DeployCancelledException.class);

        assertThat(warnings)
                .containsExactly("hook 'echo enough; sleep 20' may still be running on app1;"
                        + " the host stays locked until it has ended");
    }

    @Test
    void run_whenAHooksTimeIsUp_saysTheSame() {
        assertThat(run("sleep 20", Duration.ofSeconds(2)))
                .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("app1: no end after 2 s"));

        assertThat(warnings)
                .containsExactly(
                        "hook 'sleep 20' may still be running on app1; the host stays locked until it has ended");
    }

    @Test
    void run_whereAHookFails_saysNothingOfTheKind() {
        assertThat(run("echo no such table; exit 3", Duration.ofSeconds(20)))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .hasMessage("app1: hook 'echo no such table; exit 3' failed: exit status 3: no such table"));

        assertThat(warnings).isEmpty();
        assertThat(root.resolve(".deployflow/lock")).doesNotExist();
    }
}
