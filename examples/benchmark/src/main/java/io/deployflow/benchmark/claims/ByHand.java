package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Timed;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * {@code docker} and {@code aws}, as people write them into a deploy script.
 *
 * @param bed where
 */
record ByHand(Bed bed) implements Road {
    static final String NAME = "docker and aws by hand";
    private static final String DEPLOY = """
            aws ecs describe-services --cluster app-dev --services puma --query 'services[0].taskDefinition' \\
                --output text > ../before
            tag=$(git rev-parse --short HEAD)
            image=%s/organization/app:$tag
            docker build -q -t "$image" -f docker/app/Dockerfile --build-arg "REVISION=$tag" .
            docker push -q "$image"
            aws ecs describe-task-definition --task-definition puma --query taskDefinition.containerDefinitions |
                sed "s|\\"image\\": \\"[^\\"]*\\"|\\"image\\": \\"$image\\"|" > ../containers.json
            arn=$(aws ecs register-task-definition --family puma --network-mode bridge \\
                --container-definitions file://../containers.json --query taskDefinition.taskDefinitionArn --output text)
            """;
    private static final String UPDATE = """
            aws ecs update-service --cluster app-dev --service puma --task-definition "$arn" --query service.serviceName
            aws ecs wait services-stable --cluster app-dev --services puma
            """;
    private static final String BEFORE = "arn=$(cat ../before)\n";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<URI> addresses() {
        return bed.loadBalancer();
    }

    @Override
    public Took deploy() {
        return run(DEPLOY.formatted(bed.main().registry()) + UPDATE);
    }

    @Override
    public Took rollback() {
        return run(BEFORE + UPDATE);
    }

    private Took run(String script) {
        Timed run = bed.sh("set -o pipefail\n" + script);
        return new Took(run.status(), run.wall(), Map.of(), LastLines.of(run.output()));
    }
}
