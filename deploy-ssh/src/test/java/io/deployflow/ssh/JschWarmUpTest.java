package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JschWarmUpTest {
    @Test
    void run_doesAllOfIt() {
        assertThat(JschWarmUp.run()).isTrue();
    }
}
