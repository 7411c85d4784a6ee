package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.ConfigurationException;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void remedy_ofATypingMistake_namesTheOneThatWasMeant() {
        assertThat(Nearest.remedy("cluster", "app-dve", () -> List.of("app-prod", "app-dev")))
                .isEqualTo("Did you mean 'cluster: app-dev'?");
    }

    @Test
    void remedy_ofSomethingElse_namesAll() {
        assertThat(Nearest.remedy("cluster", "xyz", () -> List.of("app-prod", "app-dev")))
                .isEqualTo("Set 'cluster' to one of: app-prod, app-dev.");
    }

    @Test
    void remedy_whereThereAreMany_namesSomeAndSaysHowManyMore() {
        List<String> many = IntStream.range(0, 25).mapToObj(i -> "app-" + i).toList();

        assertThat(Nearest.remedy("cluster", "xyz", () -> many))
                .startsWith("Set 'cluster' to one of: app-0, app-1, ")
                .endsWith(", app-19 and 5 more.");
    }

    @Test
    void remedy_ofANameOnTheSecondPage_namesIt() {
        try (EcsEndpoint endpoint = new EcsEndpoint();
                AwsClients clients = QuickClients.of(endpoint.settings())) {
            EcsGateway ecs = new EcsGateway(clients, endpoint.settings());
            endpoint.says(
                    "ListServices",
                    new EcsEndpoint.Answer(
                            200, "{\"serviceArns\":[\"arn:aws:ecs:r:1:service/c/web\"],\"nextToken\":\"2\"}"),
                    new EcsEndpoint.Answer(200, "{\"serviceArns\":[\"arn:aws:ecs:r:1:service/c/puma\"]}"));

            assertThat(Nearest.remedy("service", "pmua", ecs::serviceNames)).isEqualTo("Did you mean 'service: puma'?");
        }
    }

    @Test
    void remedy_whereThereIsNone_doubtsTheRegion() {
        assertThat(Nearest.remedy("cluster", "xyz", List::of)).contains("region");
    }

    @Test
    void remedy_whereTheNamesMayNotBeListed_doesWithoutThem() {
        try (EcsEndpoint endpoint = new EcsEndpoint();
                AwsClients clients = QuickClients.of(endpoint.settings())) {
            EcsGateway ecs = new EcsGateway(clients, endpoint.settings());
            endpoint.says("ListServices", EcsEndpoint.DENIED);

            assertThat(Nearest.remedy("service", "pmua", ecs::serviceNames)).startsWith("Check 'service'");
        }
    }

    @Test
    void repository_thatIsNotThere_isNamedAlsoWhereOthersMayNotBeListed() {
        try (EcsEndpoint endpoint = new EcsEndpoint();
                AwsClients clients = QuickClients.of(endpoint.settings())) {
            var none = new EcsEndpoint.Answer(400, "{\"__type\":\"RepositoryNotFoundException\"}");
            endpoint.says("DescribeRepositories", none, EcsEndpoint.DENIED);
            var registry = new ImageRegistry(clients, endpoint.settings().image(), Clock.systemUTC());

            assertThatThrownBy(registry::repository)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("ECR has no repository 'app'");
        }
    }
}
