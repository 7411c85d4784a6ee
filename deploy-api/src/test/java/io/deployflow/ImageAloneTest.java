package io.deployflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.event.DeployEvent;
import io.deployflow.spi.RolloutResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building alone, and rolling out what somebody else built. */
class ImageAloneTest {
    private static final String IMAGE = "registry.example/app:1";

    private final FakeAdapter adapter = new FakeAdapter();
    private final List<DeployEvent> events = new ArrayList<>();

    @TempDir
    Path source;

    private final List<Deployer> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Deployer::close);
    }

    @Test
    void rollout_ofAnImage_buildsNothingAndReportsAsADeployDoes() {
        Report report = rollout(true);

        assertThat(adapter.calls)
                .containsExactly("preflight", "adopt " + IMAGE, "rollout 2", "cleanup", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.DEPLOYED);
        assertThat(report.release()).map(Release::id).contains("2");
        assertThat(report.previous()).map(Release::id).contains("1");
    }

    @Test
    void rollout_whenItFails_putsBackWhatServed() {
        adapter.rollout = RolloutResult.failed(List.of(), new RolloutException("unhealthy", "Look.", null, null));

        Report report = rollout(true);

        assertThat(adapter.calls).contains("rollback");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.RESTORED);
    }

    @Test
    void rollout_whereTheTargetTakesNone_changesNothing() {
        Report report = rollout(false);

        assertThat(adapter.calls).containsExactly("preflight", "unlock", "close");
        assertThat(report.outcome()).isEqualTo(Report.Outcome.UNCHANGED);
        assertThat(report.failure().orElseThrow())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("takes only what is built for it");
    }

    @Test
    void build_alone_isPushedAndNotRolledOut() {
        OperationReport report = build(true, Optional.empty());

        assertThat(adapter.calls).containsExactly("build", "publish", "close");
        assertThat(report.units()).singleElement().satisfies(unit -> {
            assertThat(unit.detail()).isEqualTo("registry.example/app@sha256:1");
            assertThat(unit.state()).isEqualTo("pushed");
        });
        assertThat(events)
                .filteredOn(DeployEvent.PhaseFinished.class::isInstance)
                .extracting(DeployEvent::phase)
                .containsExactly(Phase.BUILD, Phase.PUSH);
    }

    @Test
    void build_intoAFile_asksNoRegistry() {
        OperationReport report = build(true, Optional.of(Path.of("app.tar")));

        assertThat(adapter.calls).containsExactly("build", "save app.tar", "close");
        assertThat(report.units())
                .singleElement()
                .satisfies(unit -> assertThat(unit.state()).isEqualTo("saved"));
    }

    @Test
    void build_whereNothingCanBeBuiltAlone_saysSo() {
        assertThatThrownBy(() -> build(false, Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no place for what is built alone");
        assertThat(adapter.calls).containsExactly("build", "close");
    }

    private Report rollout(boolean isOfImages) {
        return open(isOfImages).rollout("staging", IMAGE, CancellationToken.create());
    }

    private OperationReport build(boolean isOfImages, Optional<Path> file) {
        return open(isOfImages).build("staging", DeployOptions.defaults(), file);
    }

    private Deployer open(boolean isOfImages) {
        adapter.isOfImages = isOfImages;
        Deployer deployer = Deployer.builder()
                .application(new Application("shop", source))
                .adapter(adapter)
                .listener(events::add)
                .target(Target.of("staging", "fake", new FakeAdapter.Settings("here")))
                .build();
        opened.add(deployer);
        return deployer;
    }
}
