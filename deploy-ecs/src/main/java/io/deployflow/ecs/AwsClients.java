package io.deployflow.ecs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The AWS clients of one target, each made when it is first used. */
final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String SESSION = "deployflow";

    private final EcsSettings settings;
    private final List<ExecutionInterceptor> interceptors;
    private final Manners manners;
    private final Lazy<SdkHttpClient> http = new Lazy<>(this::newHttp);
    private final Lazy<EcsClient> ecs = new Lazy<>(() -> configure(EcsClient.builder()));
    private final Lazy<EcsClient> ecsOnce = new Lazy<>(() -> configure(EcsClient.builder(), SafeRetries::of));
    private final Regional<EcrClient> ecr =
            new Regional<>(() -> configure(EcrClient.builder()), region -> configure(EcrClient.builder(), region));
    private final Regional<CloudWatchLogsClient> logs = new Regional<>(
            () -> configure(CloudWatchLogsClient.builder()),
            region -> configure(CloudWatchLogsClient.builder(), region));
    private final Lazy<ElasticLoadBalancingV2Client> balancers =
            new Lazy<>(() -> configure(ElasticLoadBalancingV2Client.builder()));
    private final Lazy<StsClient> identity = new Lazy<>(() -> configure(StsClient.builder()));
    private final Lazy<IamClient> iam = new Lazy<>(() -> configure(IamClient.builder()));
    private final Lazy<SecretsManagerClient> secrets = new Lazy<>(() -> configure(SecretsManagerClient.builder()));
    private final Lazy<SsmClient> parameters = new Lazy<>(() -> configure(SsmClient.builder()));

    private final Lazy<StsClient> sts = new Lazy<>(() -> configure(StsClient.builder(), own(), retries -> retries));
    private final Lazy<AwsCredentialsProvider> credentials = new Lazy<>(this::newCredentials);

    private final Lazy<ApplicationAutoScalingClient> autoscaling =
            new Lazy<>(() -> configure(ApplicationAutoScalingClient.builder()));

    /**
     * How AWS is asked.
     *
     * @param retries makes those of one client; how long they wait is real time
     * @param answer how long an answer may take
     */
    record Manners(Supplier<RetryStrategy> retries, Duration answer) {
        /** Waits for half a minute in all, with the SDK's pauses. */
        private static final int THROTTLED = 8;

        static final Manners USUAL = new Manners(Manners::patient, Duration.ofSeconds(30));

        /** Adaptive retries slow every caller of a client down together when AWS throttles. */
        private static RetryStrategy patient() {
            return ThrottledRetries.of(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                    .maxAttempts(THROTTLED)
                    .build());
        }
    }

    /**
     * Clients.
     *
     * @param interceptors see every attempt of every call
     */
    AwsClients(EcsSettings settings, List<ExecutionInterceptor> interceptors) {
        this(settings, interceptors, Manners.USUAL);
    }

    /** The same with manners of one's own. */
    AwsClients(EcsSettings settings, List<ExecutionInterceptor> interceptors, Manners manners) {
        this.settings = settings;
        this.interceptors = List.copyOf(interceptors);
        this.manners = manners;
    }

    EcsClient ecs() {
        return ecs.get();
    }

    /** For a call that must not be carried out twice: it fails where AWS may have carried it out. */
    EcsClient ecsOnce() {
        return ecsOnce.get();
    }

    EcrClient ecr() {
        return ecr.own();
    }

    EcrClient ecr(String region) {
        return ecr.in(region);
    }

    CloudWatchLogsClient logs() {
        return logs.own();
    }

    /** The logs of a region; of the target's own where none is named. */
    CloudWatchLogsClient logs(Optional<String> region) {
        return region.map(logs::in).orElseGet(logs::own);
    }

    ElasticLoadBalancingV2Client balancers() {
        return balancers.get();
    }

    /** Tells whose the credentials are that the others work with. */
    StsClient identity() {
        return identity.get();
    }

    IamClient iam() {
        return iam.get();
    }

    SecretsManagerClient secrets() {
        return secrets.get();
    }

    SsmClient parameters() {
        return parameters.get();
    }

    ApplicationAutoScalingClient autoscaling() {
        return autoscaling.get();
    }

    private SdkHttpClient newHttp() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(manners.answer())
                .build();
    }

    /** Those of the role to assume; without one, what the SDK finds. */
    private AwsCredentialsProvider newCredentials() {
        return settings.assumeRole()
                .<AwsCredentialsProvider>map(role -> StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts.get())
                        .refreshRequest(request -> request.roleArn(role.arn())
                                .roleSessionName(SESSION)
                                .externalId(role.externalId().orElse(null)))
                        .build())
                .orElseGet(this::own);
    }

    /** What the SDK's own chain finds: environment, profile, SSO, the role of the machine. */
    private AwsCredentialsProvider own() {
        return settings.profile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(B builder) {
        return configure(builder, retries -> retries);
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(
            B builder, UnaryOperator<RetryStrategy> retries) {
        return configure(builder, credentials.get(), retries);
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(B builder, Region region) {
        return prepare(builder, credentials.get(), retries -> retries)
                .region(region)
                .build();
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(
            B builder, AwsCredentialsProvider provider, UnaryOperator<RetryStrategy> retries) {
        return prepare(builder, provider, retries).build();
    }

    /** Each client counts what is throttled for itself. */
    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B prepare(
            B builder, AwsCredentialsProvider provider, UnaryOperator<RetryStrategy> retries) {
        builder.httpClient(http.get());
        ClientOverrideConfiguration.Builder override = ClientOverrideConfiguration.builder()
                .retryStrategy(retries.apply(manners.retries().get()));
        interceptors.forEach(override::addExecutionInterceptor);
        settings.profile().ifPresent(override::defaultProfileName);
        builder.overrideConfiguration(override.build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        settings.region().map(Region::of).ifPresent(builder::region);
        builder.credentialsProvider(provider);
        return builder;
    }

    /** A client for the target's own region, and one for each other that is named. */
    private final class Regional<C extends AwsClient> {
        private final Lazy<C> own;
        private final Function<Region, C> maker;
        private final Map<String, C> elsewhere = new ConcurrentHashMap<>();

        Regional(Supplier<C> own, Function<Region, C> maker) {
            this.own = new Lazy<>(own);
            this.maker = maker;
        }

        C own() {
            return own.get();
        }

        /** The own one where that is its region, as far as it is known without asking. */
        C in(String region) {
            Optional<String> known = settings.region()
                    .or(() -> Optional.ofNullable(own.peek())
                            .map(made ->
                                    made.serviceClientConfiguration().region().id()));
            return known.equals(Optional.of(region))
                    ? own()
                    : elsewhere.computeIfAbsent(region, name -> maker.apply(Region.of(name)));
        }

        Stream<C> made() {
            return Stream.concat(Optional.ofNullable(own.peek()).stream(), elsewhere.values().stream());
        }
    }

    @Override
    public void close() {
        Stream.concat(ecr.made(), logs.made()).forEach(SdkAutoCloseable::close);
        Stream.of(ecs, ecsOnce, balancers, sts, identity, iam, secrets, parameters, autoscaling, http)
                .map(Lazy::peek)
                .filter(Objects::nonNull)
                .map(SdkAutoCloseable.class::cast)
                .forEach(SdkAutoCloseable::close);
    }
}
