package io.deployflow.ecs;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The AWS clients of one target, each made when it is first used. */
final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final EcsSettings settings;
    private final Lazy<SdkHttpClient> http = new Lazy<>(AwsClients::newHttp);
    private final Lazy<EcsClient> ecs = new Lazy<>(() -> configure(EcsClient.builder()));
    private final Lazy<EcrClient> ecr = new Lazy<>(() -> configure(EcrClient.builder()));
    private final Lazy<CloudWatchLogsClient> logs = new Lazy<>(() -> configure(CloudWatchLogsClient.builder()));
    private final Lazy<ElasticLoadBalancingV2Client> balancers =
            new Lazy<>(() -> configure(ElasticLoadBalancingV2Client.builder()));

    AwsClients(EcsSettings settings) {
        this.settings = settings;
    }

    EcsClient ecs() {
        return ecs.get();
    }

    EcrClient ecr() {
        return ecr.get();
    }

    CloudWatchLogsClient logs() {
        return logs.get();
    }

    ElasticLoadBalancingV2Client balancers() {
        return balancers.get();
    }

    private static SdkHttpClient newHttp() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER)
                .build();
    }

    /** Adaptive retries slow every caller of a client down together when AWS throttles. */
    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(B builder) {
        builder.httpClient(http.get());
        ClientOverrideConfiguration.Builder override =
                ClientOverrideConfiguration.builder().retryStrategy(RetryMode.ADAPTIVE_V2);
        settings.profile().ifPresent(override::defaultProfileName);
        builder.overrideConfiguration(override.build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        settings.region().map(Region::of).ifPresent(builder::region);
        settings.profile().map(ProfileCredentialsProvider::create).ifPresent(builder::credentialsProvider);
        return builder.build();
    }

    @Override
    public void close() {
        Stream.of(ecs, ecr, logs, balancers, http)
                .map(Lazy::peek)
                .filter(Objects::nonNull)
                .map(SdkAutoCloseable.class::cast)
                .forEach(SdkAutoCloseable::close);
    }
}
