package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** In which region ECR is asked for a login: AWS signs with it, and the sandbox answers for all. */
class EcrTokensTest {
    private static final String ELSEWHERE = "123456789012.dkr.ecr.sa-east-1.amazonaws.com";

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SimulatedTarget target;
    private AwsClients clients;
    private EcrTokens tokens;

    @BeforeEach
    void start() {
        target = new SimulatedTarget(folder);
        clients = QuickClients.of(target.settings, new Regions());
        tokens = new EcrTokens(clients, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        clients.close();
        target.close();
    }

    @Test
    void login_inAnotherRegion_isAskedForThere() {
        tokens.own();

        assertThat(tokens.login(ELSEWHERE)).isPresent();

        assertThat(asked).containsExactly(target.sandbox.region(), "sa-east-1");
    }

    @Test
    void login_ofAnotherAccountInTheSameRegion_isTheTargetsOwn() {
        String host = "210987654321.dkr.ecr." + target.sandbox.region() + ".amazonaws.com";

        assertThat(tokens.login(host)).contains(tokens.own());

        assertThat(asked).containsExactly(target.sandbox.region());
    }

    @Test
    void login_isAskedForOnceInARegion() {
        tokens.login(ELSEWHERE);
        tokens.login(ELSEWHERE);

        assertThat(asked).containsExactly("sa-east-1");
    }

    @Test
    void login_atARegistryThatIsNotEcr_isNone() {
        assertThat(tokens.login("registry.example:5000")).isEmpty();
        assertThat(asked).isEmpty();
    }

    private final class Regions implements ExecutionInterceptor {
        private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/ecr/");

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            context.httpRequest()
                    .firstMatchingHeader("Authorization")
                    .map(SCOPE::matcher)
                    .filter(Matcher::find)
                    .ifPresent(scope -> asked.add(scope.group(1)));
        }
    }
}
