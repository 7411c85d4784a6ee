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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What is registered, and what is remembered of the service that it was registered for. */
class ReleasePushTest {
    private final EcsEndpoint endpoint = new EcsEndpoint();
    private final EcsSettings settings = endpoint.settings();
    private final AwsClients clients = QuickClients.of(settings);
    private final DockerEngine engine = new DockerEngine();
    private final ReleasePush push = push(settings);

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
        assertThat(release.lead().base()).contains(taskDefinition(17));
        assertThat(endpoint.requests("RegisterTaskDefinition"))
                .singleElement()
                .asString()
                .contains("deployflow:base", taskDefinition(17));
    }

    @Test
    void register_ofTheSameImage_isWhatIsLive() {
        EcsRelease release = register("app@sha256:old");

        assertThat(release.state()).isEqualTo(Release.State.LIVE);
        assertThat(release.lead().base()).contains(taskDefinition(17));
        assertThat(endpoint.calls("RegisterTaskDefinition")).isZero();
    }

    @Test
    void register_withOverrides_registersWhatThePlanShows() {
        EcsSettings overriding = endpoint.settingsWith("environment: { RAILS_ENV: production }", "task: { cpu: 512 }");
        EcsGateway ecs = new EcsGateway(clients, overriding);
        LiveService live = ecs.live().get(0);
        Plan plan = new PlanMaker(overriding, EngineRoad.plan(overriding.image()))
                .plan(Revision.commit("a".repeat(40)), List.of(live), ImageReference.parse("app"), Contexts.nowhere());

        RegisterTaskDefinitionRequest sent =
                new NextTaskDefinition(overriding).make(live, "app@(digest of aaaaaaaaaa)", Contexts.nowhere());

        assertThat(plan.changes())
                .containsAll(DefinitionChanges.between(live.asRequest(), sent))
                .extracting(Change::what)
                .contains("containerDefinitions[app].environment[RAILS_ENV]", "cpu");
    }

    @Test
    void register_ofTheSameImageWithAnotherVariable_isARelease() {
        ReleasePush other = new ReleasePush(
                endpoint.settingsWith("environment: { RAILS_ENV: production }"),
                new EcsGateway(clients, settings),
                new ImagePusher(engine, new ImageRegistry(clients, settings.image(), Clock.systemUTC())),
                new ImageRegistry(clients, settings.image(), Clock.systemUTC()));

        other.register("app@sha256:old", Revision.commit("a".repeat(40)), Contexts.nowhere());

        assertThat(endpoint.requests("RegisterTaskDefinition"))
                .singleElement()
                .asString()
                .contains("{\"name\":\"RAILS_ENV\",\"value\":\"production\"}");
    }

    @Test
    void register_forTwoServices_recordsTheOthersWithTheLeadingOne() {
        endpoint.says(
                "DescribeServices", new EcsEndpoint.Answer(200, """
                {"services":[{"serviceName":"web","taskDefinition":"%s"},\
                {"serviceName":"worker","taskDefinition":"%s"}]}""".formatted(taskDefinition(17), taskDefinition(7))));
        endpoint.says("DescribeTaskDefinition", described(17, "app@sha256:old"), described(7, "app@sha256:older"));
        endpoint.says("RegisterTaskDefinition", described(8, "app@sha256:new"), described(18, "app@sha256:new"));

        EcsRelease release = register(push(two()), "app@sha256:new");

        assertThat(release.id()).isEqualTo("puma:18");
        assertThat(release.parts())
                .containsExactly(
                        new EcsRelease.Part("web", taskDefinition(18), Optional.of(taskDefinition(17))),
                        new EcsRelease.Part("worker", taskDefinition(8), Optional.of(taskDefinition(7))));
        assertThat(endpoint.requests("RegisterTaskDefinition").get(1)).contains("worker=puma:8");
    }

    @Test
    void register_forTwoServicesWithOneTaskDefinition_registersOne() {
        endpoint.says("DescribeServices", new EcsEndpoint.Answer(200, """
                {"services":[{"serviceName":"web","taskDefinition":"%1$s"},\
                {"serviceName":"worker","taskDefinition":"%1$s"}]}""".formatted(taskDefinition(17))));

        EcsRelease release = register(push(two()), "app@sha256:new");

        assertThat(release.parts()).extracting(EcsRelease.Part::arn).containsOnly(taskDefinition(18));
        assertThat(endpoint.calls("RegisterTaskDefinition")).isOne();
    }

    private EcsSettings two() {
        return SettingsText.of(
                "services: [web, worker]", "endpoint: " + settings.endpoint().orElseThrow());
    }

    private EcsRelease register(String image) {
        return register(push, image);
    }

    private static EcsRelease register(ReleasePush push, String image) {
        Path nowhere = Path.of("nowhere");
        DeployContext context = Contexts.of(nowhere, nowhere, "a".repeat(40), event -> {}, ForkJoinPool.commonPool());
        return push.register(image, context.source().revision(), context);
    }

    private ReleasePush push(EcsSettings of) {
        return new ReleasePush(
                of,
                new EcsGateway(clients, of),
                new ImagePusher(engine, new ImageRegistry(clients, of.image(), Clock.systemUTC())),
                new ImageRegistry(clients, of.image(), Clock.systemUTC()));
    }

    private static EcsEndpoint.Answer described(int number, String image) {
        return new EcsEndpoint.Answer(200, """
                {"taskDefinition":{"taskDefinitionArn":"%s","family":"puma",\
                "containerDefinitions":[{"name":"app","image":"%s"}]},"tags":[]}""".formatted(taskDefinition(number), image));
    }
}
