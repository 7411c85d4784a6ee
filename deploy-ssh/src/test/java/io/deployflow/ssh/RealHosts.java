package io.deployflow.ssh;

import io.deployflow.sandbox.Sandbox;
import io.deployflow.sandbox.ssh.SshHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Starts hosts for a class, and a story of its own for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class RealHosts {
    Sandbox sandbox;
    Story story;

    @BeforeAll
    void startHosts() {
        sandbox = Sandbox.builder().sshHosts(hosts()).start();
    }

    /** How many hosts the class needs. */
    int hosts() {
        return 3;
    }

    @AfterAll
    void removeHosts() {
        sandbox.close();
    }

    @BeforeEach
    void begin(@TempDir Path source, TestInfo info) {
        SshHosts hosts = new SshHosts(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts());
        story = new Story(hosts, source, info.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void end() {
        story.close();
    }
}
