package io.deployflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ErrorTextTest {

    @Test
    void text_ofMoreThanAPipeHolds_isWhole() throws Exception {
        Process process = sh("yes x | head -c 200000 >&2");

        ErrorText errors = ErrorText.of(process);

        assertThat(process.waitFor()).isZero();
        assertThat(errors.text()).hasSize(199_999);
    }

    @Test
    void text_whileWhatTheProcessHasStartedHoldsTheStreamOpen_isWhatCame() throws Exception {
        Process process = sh("sleep 600 & echo why >&2; echo $!");
        ErrorText errors = ErrorText.of(process);
        String started = process.inputReader().readLine();

        try {
            assertThat(process.waitFor()).isZero();
            assertThat(errors.text()).isEqualTo("why");
        } finally {
            ProcessHandle.of(Long.parseLong(started)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static Process sh(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }
}
