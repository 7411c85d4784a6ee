package io.deployflow.ecs;

import static io.deployflow.ecs.EcsEndpoint.deployment;
import static io.deployflow.ecs.EcsEndpoint.service;
import static io.deployflow.ecs.EcsEndpoint.taskDefinition;
import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Change;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Revision;
import io.deployflow.spi.DeployContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What is registered, and what is remembered of the service that it was registered for. */
class ReleasePushTest {
    private final EcsEndpoint endpoint = new EcsEndpoint();
    private final EcsSettings settings = endpoint.settings();
    private final AwsClients clients = new AwsClients(settings);
    private final DockerEngine engine = new DockerEngine();
    private final ReleasePush push = new ReleasePush(
            settings,
            new EcsGateway(clients, settings),
            new ImagePusher(engine, new ImageRegistry(clients, settings.image(), engine, Clock.systemUTC())));

    @BeforeEach
    void begin() {
        endpoint.says("DescribeServices", service(deployment("PRIMARY", 17, "COMPLETED", 1)))
                .says("DescribeTaskDefinition", described(17, "app@sha256:old"))
                .says("RegisterTaskDefinition", described(18, "app@sha256:new"));
    }

    @AfterEach
    void close() {
        clients.close();
        engine.close();
        endpoint.close();
    }

    @Test
    void register_ofAnotherImage_keepsWhatItIsACopyOf() {
        EcsRelease release = register("app@sha256:new");

        assertThat(release.id()).isEqualTo("puma:18");
        assertThat(release.base()).contains(taskDefinition(17));
        assertThat(endpoint.requests("RegisterTaskDefinition"))
                .singleElement()
                .asString()
                .contains("deployflow:base", taskDefinition(17));
    }

    @Test
    void register_ofTheSameImage_isWhatIsLive() {
        EcsRelease release = register("app@sha256:old");

        assertThat(release.state()).isEqualTo(Release.State.LIVE);
        assertThat(release.base()).contains(taskDefinition(17));
        assertThat(endpoint.calls("RegisterTaskDefinition")).isZero();
    }

    @Test
    void register_withOverrides_registersWhatThePlanShows() {
        EcsSettings overriding = endpoint.settingsWith("environment: { RAILS_ENV: production }", "task: { cpu: 512 }");
        EcsGateway ecs = new EcsGateway(clients, overriding);
        EcsGateway.Described live = ecs.taskDefinition(taskDefinition(17));
        Plan plan = new PlanMaker(overriding)
                .plan(
                        Revision.commit("a".repeat(40)),
                        ecs.service(),
                        live,
                        ImageReference.parse("app"),
                        Contexts.nowhere());

        RegisterTaskDefinitionRequest sent =
                new NextTaskDefinition(overriding).make(live, "app@(digest of aaaaaaaaaa)", Contexts.nowhere());

        assertThat(plan.changes())
                .containsAll(DefinitionChanges.between(TaskDefinitions.asRequest(live.definition(), live.tags()), sent))
                .extracting(Change::what)
                .contains("containerDefinitions[app].environment[RAILS_ENV]", "cpu");
    }

    @Test
    void register_ofTheSameImageWithAnotherVariable_isARelease() {
        ReleasePush other = new ReleasePush(
                endpoint.settingsWith("environment: { RAILS_ENV: production }"),
                new EcsGateway(clients, settings),
                new ImagePusher(engine, new ImageRegistry(clients, settings.image(), engine, Clock.systemUTC())));

        other.register("app@sha256:old", Revision.commit("a".repeat(40)), Contexts.nowhere());

        assertThat(endpoint.requests("RegisterTaskDefinition"))
                .singleElement()
                .asString()
                .contains("{\"name\":\"RAILS_ENV\",\"value\":\"production\"}");
    }

    private EcsRelease register(String image) {
        Path nowhere = Path.of("nowhere");
        DeployContext context = Contexts.of(nowhere, nowhere, "a".repeat(40), event -> {}, ForkJoinPool.commonPool());
        return push.register(image, context.source().revision(), context);
    }

    private static EcsEndpoint.Answer described(int number, String image) {
        return new EcsEndpoint.Answer(200, """
                {"taskDefinition":{"taskDefinitionArn":"%s","family":"puma",\
                "containerDefinitions":[{"name":"app","image":"%s"}]},"tags":[]}""".formatted(taskDefinition(number), image));
    }
}
