package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.CancellationToken;
import io.deployflow.DeployCancelledException;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Pipeline;
import io.deployflow.spi.Poller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a registry before a build begins. */
@Timeout(60)
class LayersAheadTest {
    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
    private static final String STACK = "    stack: [{ name: code, from: [\".\"] }]\n";

    @TempDir
    private Path folder;

    private LayersStage stage;

    @BeforeEach
    void begin() {
        stage = new LayersStage(folder);
        stage.putBase("1");
        stage.write("app", "content");
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private String cacheFrom() {
        return "  cache_from: [\"" + stage.server.host() + "/team/app:" + REVISION + "\"]\n";
    }

    private void awaitRequests(long count) {
        assertThat(Poller.every(Duration.ofMillis(10))
                        .ask(
                                Duration.ofSeconds(30),
                                CancellationToken.create(),
                                () -> Optional.of(count).filter(all -> stage.server.requests.size() >= all)))
                .isPresent();
    }

    @Test
    void build_ofSettingsThatWereBegunWith_asksNothingTwiceAndCountsIt() throws Exception {
        stage.deploy("first", REVISION, STACK);
        stage.server.requests.clear();
        stage.events.clear();
        EcsSettings settings = stage.settings("second", STACK, cacheFrom());
        EcsAdapter adapter = new EcsAdapter();

        adapter.prepareBuild(settings);
        awaitRequests(2);
        DeployContext context = stage.context(REVISION);
        try (Pipeline<?, ?> pipeline = adapter.pipeline(settings, context)) {
            pipeline.build().build(context);
        }

        assertThat(stage.server.count("HEAD /v2/base/manifests/1")).isEqualTo(1);
        assertThat(stage.server.count("GET /v2/team/app/manifests/" + REVISION)).isEqualTo(1);
        assertThat(stage.events.stream().filter(DeployEvent.Asked.class::isInstance))
                .hasSameSizeAs(stage.server.requests);
    }

    @Test
    void close_ofWhatWasBegun_breaksOffWhatIsUnderWay() {
        stage.server.stallAfter("HEAD", "/base/manifests/1", 0);
        LayersAhead ahead =
                LayersAhead.begin(stage.settings("machine", STACK).image()).orElseThrow();
        awaitRequests(1);

        ahead.close();

        assertThat(Poller.every(Duration.ofMillis(10))
                        .ask(
                                Duration.ofSeconds(30),
                                CancellationToken.create(),
                                () -> Optional.of(ahead)
                                        .filter(any -> Thread.getAllStackTraces().keySet().stream()
                                                .noneMatch(thread ->
                                                        thread.getName().equals("asking-ahead")))))
                .isPresent();
    }

    @Test
    void build_thatIsCancelled_breaksOffWhatWasBegun() throws Exception {
        stage.server.stallAfter("HEAD", "/base/manifests/1", 0);
        EcsSettings settings = stage.settings("machine", STACK);
        EcsAdapter adapter = new EcsAdapter();
        adapter.prepareBuild(settings);
        awaitRequests(1);
        DeployContext context = stage.context(REVISION);

        try (Pipeline<?, ?> pipeline = adapter.pipeline(settings, context)) {
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                    .execute(() -> context.cancellation().cancel());

            assertThatThrownBy(() -> pipeline.build().build(context)).isInstanceOf(DeployCancelledException.class);
        }
    }

    @Test
    void begin_whereAwsHasToBeAskedFirst_isEmpty() {
        EcsSettings inEcr =
                SettingsText.of("image: { repository: app, build: layers, layers: { base: \"debian:12\" } }");
        EcsSettings baseInEcr = SettingsText.of("""
                image:
                  repository: app
                  registry: registry.example.com
                  build: layers
                  layers: { base: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1" }
                """);

        EcsSettings ofAnotherAccount = SettingsText.of("""
                image:
                  repository: app
                  registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com
                  build: layers
                  layers: { base: "debian:12" }
                """);

        assertThat(LayersAhead.begin(inEcr.image())).isEmpty();
        assertThat(LayersAhead.begin(ofAnotherAccount.image())).isEmpty();
        assertThat(LayersAhead.begin(baseInEcr.image())).isEmpty();
    }

    @Test
    void begin_whereAnImageOfTheCacheHasNoName_asksNothing() {
        String noName = "  cache_from: [\"" + stage.server.host() + "/team/app:no tag\"]\n";

        assertThat(LayersAhead.begin(stage.settings("machine", STACK, noName).image()))
                .isEmpty();
        assertThat(stage.server.requests).isEmpty();
    }

    @Test
    void begin_whereAnEngineBuilds_isEmpty() {
        assertThat(LayersAhead.begin(SettingsText.of().image())).isEmpty();
    }
}
