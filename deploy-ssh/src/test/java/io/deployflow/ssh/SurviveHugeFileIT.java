package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.Deployer;
import io.deployflow.Target;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A file of more bytes than an int counts, by a process with little memory. */
class SurviveHugeFileIT extends RealHosts {
    private static final String BYTES = "2306867200";
    /**
     * So many of them cannot be packed, and so travel as they are: more than the process may hold. The rest are zeros.
     */
    private static final String RANDOM = "80000000";

    @Test
    void deploy_ofAFileOfMoreThanTwoGigabytes_needsLittleMemory() throws IOException {
        deployWithLittleMemory();

        assertThat(story.on(0, "cd " + story.settings.deployTo + "/current/.; cat app.txt; stat -c %s huge.bin"))
                .isEqualTo("one\n" + BYTES);
    }

    private void deployWithLittleMemory() throws IOException {
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SurviveHugeFileIT.class.getName(),
                story.source.toString(),
                Objects.requireNonNull(story.settings.identity).toString(),
                story.settings.knownHosts.toString(),
                story.settings.deployTo,
                story.settings.hosts.get(0));
        List<String> lines = new ArrayList<>();
        int status = new LocalCommand(words, story.source, Map.of()).run(lines::add, CancellationToken.create());
        assertThat(status).as(String.join("\n", lines)).isZero();
    }

    /** Deploys. Arguments: source, identity, known_hosts, deploy_to, host. */
    public static void main(String[] args) {
        TestSettings settings = new TestSettings();
        settings.identity = Path.of(args[1]);
        settings.knownHosts = Path.of(args[2]);
        settings.deployTo = args[3];
        settings.hosts = List.of(args[4]);
        settings.build =
                List.of("head -c " + RANDOM + " /dev/urandom > huge.bin && truncate -s " + BYTES + " huge.bin");
        try (Deployer deployer = Deployer.builder()
                .application(new Application("shop", Path.of(args[0])))
                .target(Target.of("classic", "ssh", settings.make()))
                .build()) {
            deployer.deploy("classic").orThrow();
        }
    }
}
