package io.deployflow;

import io.deployflow.event.DeployEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Deployers of an application to one fake target, closed after each test. */
abstract class Deployers {
    final FakeAdapter adapter = new FakeAdapter();
    final List<DeployEvent> events = new ArrayList<>();
    final List<Deployer> opened = new ArrayList<>();

    @TempDir
    Path source;

    @AfterEach
    void close() {
        opened.forEach(Deployer::close);
    }

    final Deployer deployer() {
        return deployer(Optional.empty());
    }

    final Deployer deployer(Optional<Verification> verification) {
        return keep(builder(verification).build());
    }

    final Deployer.Builder builder(Optional<Verification> verification) {
        return Deployer.builder()
                .application(new Application("shop", source))
                .adapter(adapter)
                .listener(events::add)
                .target(new Target("staging", "fake", new FakeAdapter.Settings("here"), verification));
    }

    final Deployer keep(Deployer deployer) {
        opened.add(deployer);
        return deployer;
    }
}
