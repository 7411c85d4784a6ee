package io.deployflow.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.NotRestoredException;
import io.deployflow.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnrestoredTest {
    private final SecretMask mask = new SecretMask(List.of(Secret.of("opensesame")));
    private final Unrestored unrestored = new Unrestored();

    @Test
    void failure_withoutSuchADeploy_isNone() {
        assertThat(unrestored.failure(List.of("job 'test' failed"), mask)).isEmpty();
    }

    @Test
    void failure_tellsOfEachDeployOnceAndHidesSecrets() {
        unrestored.add(new NotRestoredException("the deploy to 'a' failed", "Look at app1.", "app1", null));
        unrestored.add(new NotRestoredException("the deploy to 'b' failed: opensesame", ""));

        NotRestoredException failure = unrestored
                .failure(List.of("job 'one' failed: 'deploy': the deploy to 'a' failed (Look at app1.)"), mask)
                .orElseThrow();

        assertThat(failure)
                .hasMessage("job 'one' failed: 'deploy': the deploy to 'a' failed (Look at app1.)\n"
                        + "the deploy to 'b' failed: ***");
        assertThat(failure.remedy()).isEqualTo("Look at app1.");
        assertThat(failure.unit()).contains("app1");
    }

    @Test
    void failure_ofARunThatWasCancelled_tellsOfTheDeployAlone() {
        unrestored.add(new NotRestoredException("the deploy to 'a' failed", ""));

        assertThat(unrestored.failure(List.of(), mask).orElseThrow()).hasMessage("the deploy to 'a' failed");
    }
}
