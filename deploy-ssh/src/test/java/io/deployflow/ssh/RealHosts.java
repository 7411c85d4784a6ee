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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Hosts for a class, shared with others where they may be, and a story of its own for each test. */
@ExtendWith(SharedHosts.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
abstract class RealHosts {
    Sandbox sandbox;
    Story story;

    @BeforeAll
    void startHosts(SharedHosts.Fleet shared) {
        sandbox = needsItsOwn() ? Sandbox.builder().sshHosts(hosts()).start() : shared.get();
    }

    /** Whether the class does to hosts what others would notice, or needs another number of them. */
    boolean needsItsOwn() {
        return hosts() != SharedHosts.COUNT;
    }

    /** How many hosts the class needs. */
    int hosts() {
        return SharedHosts.COUNT;
    }

    @AfterAll
    void removeHosts() {
        if (needsItsOwn()) {
            sandbox.close();
        }
    }

    @BeforeEach
    void begin(@TempDir Path source, TestInfo info) {
        SshHosts hosts = new SshHosts(sandbox.sshHosts(), sandbox.identity(), sandbox.knownHosts());
        String name = info.getTestClass().orElseThrow().getSimpleName() + "-"
                + info.getTestMethod().orElseThrow().getName();
        story = new Story(hosts, source, name);
    }

    @AfterEach
    void end() {
        story.close();
    }
}
