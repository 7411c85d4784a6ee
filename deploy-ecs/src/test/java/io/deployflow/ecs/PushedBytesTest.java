package io.deployflow.ecs;

import static io.deployflow.ecs.EcsEndpoint.deployment;
import static io.deployflow.ecs.EcsEndpoint.service;
import static io.deployflow.ecs.EcsEndpoint.taskDefinition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PushResponseItem;
import io.deployflow.ImageArtifact;
import io.deployflow.Revision;
import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.ecs.internal.registry.MediaTypes;
import io.deployflow.ecs.internal.registry.OciServer;
import io.deployflow.event.DeployEvent;
import io.deployflow.spi.DeployContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many bytes a push through Docker's engine is said to have sent: those that went to the registry. */
class PushedBytesTest {
    private static final String REVISION = "a".repeat(40);
    private static final String BASE = Digests.of("what is in the base's layer");
    private static final String APP = Digests.of("what is in the application's layer");
    private static final int PACKED_BASE = 9_000;
    private static final int PACKED_APP = 300;

    private final EcsEndpoint endpoint = new EcsEndpoint();
    private final OciServer registry = new OciServer();
    private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
    private final EcsSettings settings = SettingsText.of(
            "endpoint: " + endpoint.settings().endpoint().orElseThrow(),
            "image: { repository: team/app, registry: '" + registry.host() + "' }");
    private final AwsClients clients = QuickClients.of(settings);

    @AfterEach
    void close() {
        clients.close();
        registry.close();
        endpoint.close();
    }

    private static String shortId(String digest) {
        return Digests.digits(digest).substring(0, 12);
    }

    private DeployContext context() {
        Path nowhere = Path.of("nowhere");
        return Contexts.of(nowhere, nowhere, REVISION, events::add, ForkJoinPool.commonPool());
    }

    /** What Docker's engine streams: sizes of what is in the layers. */
    private PushLog streamed(String... lines) throws JsonProcessingException {
        PushLog log = new PushLog(context());
        for (String line : lines) {
            log.onNext(new ObjectMapper().readValue(line, PushResponseItem.class));
        }
        return log;
    }

    private PushLog pushOfOneLayer() throws JsonProcessingException {
        return streamed(
                "{\"status\":\"The push refers to repository [127.0.0.1/team/app]\"}",
                "{\"status\":\"Preparing\",\"progressDetail\":{},\"id\":\"%s\"}".formatted(shortId(APP)),
                "{\"status\":\"Layer already exists\",\"progressDetail\":{},\"id\":\"%s\"}".formatted(shortId(BASE)),
                "{\"status\":\"Pushing\",\"progressDetail\":{\"current\":512,\"total\":4096},\"progress\":\"\",\"id\":\"%s\"}"
                        .formatted(shortId(APP)),
                "{\"status\":\"Pushing\",\"progressDetail\":{\"current\":6144},\"progress\":\"\",\"id\":\"%s\"}"
                        .formatted(shortId(APP)),
                "{\"status\":\"Pushed\",\"progressDetail\":{},\"id\":\"%s\"}".formatted(shortId(APP)));
    }

    /** The image as the registry has it, of two layers. */
    private ImageReference published() {
        String config = registry.put(
                "team/app",
                "{\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\",\"%s\"]}}"
                        .formatted(BASE, APP)
                        .getBytes(StandardCharsets.UTF_8));
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":{"digest":"%s","size":1},\
                "layers":[{"digest":"%s","size":%d},{"digest":"%s","size":%d}]}""".formatted(
                        MediaTypes.MANIFEST,
                        config,
                        Digests.of("the base's layer, packed"),
                        PACKED_BASE,
                        Digests.of("the application's layer, packed"),
                        PACKED_APP);
        String digest =
                registry.putManifest("team/app", "1", MediaTypes.MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
        return ImageReference.parse(registry.host() + "/team/app").pinned(digest);
    }

    /** As {@link ReleasePush} does after an engine has pushed. */
    private void push(ImageReference image, Map<String, Long> content) {
        endpoint.says("DescribeServices", service(deployment("PRIMARY", 17, "COMPLETED", 1)))
                .says("DescribeTaskDefinition", described(17))
                .says("RegisterTaskDefinition", described(18));
        ImagePush engine = new ImagePush() {
            @Override
            public PushedImage push(String id, String tag, DeployContext context) {
                return new PushedImage(image, content);
            }

            @Override
            public void save(String id, String name, Path file, DeployContext context) {
                throw new UnsupportedOperationException("nothing is saved here");
            }
        };
        new ReleasePush(
                        settings,
                        new EcsGateway(clients, settings),
                        engine,
                        new ImageRegistry(clients, settings.image(), Clock.systemUTC()))
                .push(new ImageArtifact(Revision.commit(REVISION), "sha256:built"), context());
    }

    private static EcsEndpoint.Answer described(int number) {
        return new EcsEndpoint.Answer(200, """
                {"taskDefinition":{"taskDefinitionArn":"%s","family":"puma",\
                "containerDefinitions":[{"name":"app","image":"app@sha256:old"}]},"tags":[]}""".formatted(taskDefinition(number)));
    }

    private List<DeployEvent.Progress> told(DeployEvent.Measure measure) {
        return events.stream()
                .filter(DeployEvent.Progress.class::isInstance)
                .map(DeployEvent.Progress.class::cast)
                .filter(progress -> progress.measure() == measure)
                .toList();
    }

    @Test
    void log_tellsHowFarTheEngineIs_andThatIsNoBytesThatWereSent() throws JsonProcessingException {
        PushLog log = pushOfOneLayer();

        assertThat(told(DeployEvent.Measure.BYTES)).isEmpty();
        assertThat(told(DeployEvent.Measure.CONTENT))
                .extracting(DeployEvent.Progress::done)
                .containsExactly(512L, 6144L, 6144L);
        assertThat(log.content()).containsExactly(Map.entry(shortId(APP), 6144L));
    }

    /** Docker tells the digest once more in a field of its own; Podman tells this, and nothing of layers. */
    @Test
    void log_whereOnlyTheLastLineTellsTheDigest_takesItFromThere() throws JsonProcessingException {
        PushLog log = streamed(
                "{\"status\":\"The push refers to repository [127.0.0.1/team/app:1]\"}",
                "{\"status\":\"1: digest: %s size: 430\"}".formatted(APP));

        assertThat(log.digest()).contains(APP);
        assertThat(log.content()).isEmpty();
    }

    @Test
    void push_tellsTheBytesOfThePackedLayersThatWereSent() throws JsonProcessingException {
        push(published(), pushOfOneLayer().content());

        assertThat(told(DeployEvent.Measure.BYTES)).singleElement().satisfies(progress -> {
            assertThat(progress.unit()).isEqualTo(shortId(APP));
            assertThat(progress.done()).isEqualTo(PACKED_APP);
        });
    }

    /** What was read to check the processor is enough. */
    @Test
    void push_asksTheRegistryNothingMoreForThat() throws JsonProcessingException {
        push(published(), pushOfOneLayer().content());

        assertThat(registry.requests).hasSize(2).allMatch(request -> request.startsWith("GET "));
        assertThat(events)
                .filteredOn(DeployEvent.Asked.class::isInstance)
                .extracting(event -> ((DeployEvent.Asked) event).unit() + " " + ((DeployEvent.Asked) event).what())
                .containsExactly(registry.host() + " GET", registry.host() + " GET");
    }

    @Test
    void push_whereTheRegistryDoesNotAnswer_tellsTheContentAndSaysSo() throws JsonProcessingException {
        ImageReference gone =
                ImageReference.parse(registry.host() + "/team/app").pinned(Digests.of("gone"));

        push(gone, pushOfOneLayer().content());

        assertThat(told(DeployEvent.Measure.BYTES))
                .extracting(DeployEvent.Progress::done)
                .containsExactly(6144L);
        assertThat(events)
                .filteredOn(DeployEvent.Output.class::isInstance)
                .anyMatch(event -> ((DeployEvent.Output) event).line().contains("before they were packed"));
    }

    /** An engine that keeps packed layers has told of these, by their own ids. */
    @Test
    void tell_ofLayersThatTheEngineKeepsPacked_isWhatItTold() {
        PushedImage pushed = new PushedImage(published(), Map.of("0123456789ab", 700L));

        pushed.tell(
                new PublishedImages(new ImageRegistry(clients, settings.image(), Clock.systemUTC()))
                        .of(pushed.reference(), context()),
                context());

        assertThat(told(DeployEvent.Measure.BYTES))
                .extracting(DeployEvent.Progress::done)
                .containsExactly(700L);
        assertThat(events).noneMatch(DeployEvent.Output.class::isInstance);
    }
}
