package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:1/");

    private final Serving serving = new Serving();
    private final Road ours = road(Roads.CONTAINERS);
    private final Road layers = road(Roads.LAYERS);
    private final Road byHand = road(ByHand.NAME);
    private final Road capistrano = road(CapistranoRoad.NAME);

    private static Road road(String name) {
        return new Road() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<URI> addresses() {
                return List.of(ADDRESS);
            }

            @Override
            public Took deploy() {
                throw new UnsupportedOperationException("nothing is deployed here");
            }

            @Override
            public Took rollback() {
                throw new UnsupportedOperationException("nothing is deployed here");
            }
        };
    }

    @Test
    void canGoBack_needsTwoReleasesOfTheToolAndTheLastOneLive() {
        assertThat(serving.canGoBack(ours)).isFalse();
        serving.deployed(ours, "one");
        assertThat(serving.canGoBack(ours)).isFalse();
        serving.deployed(layers, "two");

        assertThat(serving.canGoBack(ours)).isTrue();
        serving.deployed(byHand, "three");
        assertThat(serving.canGoBack(ours)).isFalse();
        assertThat(serving.canGoBack(byHand)).isTrue();
        assertThat(serving.before(byHand)).isEqualTo("two");
    }

    @Test
    void before_ofThisProject_isItsNewestReleaseThatIsNotLive() {
        serving.deployed(ours, "one");
        serving.deployed(ours, "two");
        serving.wentBack(ours);
        assertThat(serving.live(ours)).isEqualTo("one");

        serving.deployed(ours, "three");

        assertThat(serving.before(ours)).isEqualTo("two");
    }

    @Test
    void before_ofThisProject_isWhatServedWhenItDeployedThoughByHand() {
        serving.deployed(ours, "one");
        serving.deployed(byHand, "two");
        serving.deployed(ours, "three");
        assertThat(serving.before(ours)).isEqualTo("two");
        serving.wentBack(ours);
        serving.deployed(ours, "four");

        assertThat(serving.before(ours)).isEqualTo("three");
    }

    @Test
    void before_ofCapistrano_isWhatItHasNotRemoved() {
        serving.deployed(capistrano, "one");
        serving.deployed(capistrano, "two");
        serving.wentBack(capistrano);
        serving.deployed(capistrano, "three");

        assertThat(serving.before(capistrano)).isEqualTo("one");
    }
}
